"""Who may do what with events."""

import rules

from accounts.rules import is_clerk, is_manager, reads_all

rules.add_perm("showcases.plan", is_clerk | is_manager)
# Holding an event records showings and opens rounds: the same people, and the moves check their own rules again.
rules.add_perm("showcases.hold", is_clerk | is_manager)
rules.add_perm("showcases.read_plans", reads_all)
