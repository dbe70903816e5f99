"""Who may do what with the money: who awards (manager) does not pay, who pays (finance) does not award."""

import rules

from accounts.rules import (
    is_applicant,
    is_clerk,
    is_finance,
    is_manager,
    is_operator,
    reads_all,
)
from ventures.rules import can_see, edits_its_organization

rules.add_perm("funding.view", reads_all | ((is_applicant | is_operator) & can_see))
rules.add_perm("funding.sign", is_clerk | is_manager | is_finance)
rules.add_perm("funding.pay", is_finance)
rules.add_perm("funding.receive", is_finance)
rules.add_perm("funding.claim", is_manager)
rules.add_perm("funding.spend", is_applicant & edits_its_organization)
