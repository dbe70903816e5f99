"""Who may do what with rounds."""

import rules

from accounts.rules import is_admin, is_clerk, is_manager

rules.add_perm("rounds.run", is_clerk | is_manager)
rules.add_perm("rounds.set_up", is_clerk | is_manager | is_admin)
rules.add_perm("rounds.amend", is_manager)
rules.add_perm("rounds.publish", is_manager)
