"""Who may do what with the money: who awards (manager) does not pay, who pays (finance) does not award."""

from typing import Any

import rules

from accounts.rules import (
    is_applicant,
    is_clerk,
    is_finance,
    is_manager,
    is_operator,
    reads_all,
)
from organizations.models import Membership
from organizations.rules import MONEY_PARTS
from ventures.rules import can_see, edits_its_organization


@rules.predicate
def has_a_part_with_money(user: Any, venture: Any) -> bool:
    """The same as `organizations.see_money`, by the key of the organization."""
    mine = Membership.objects.filter(user=user, part__in=MONEY_PARTS)
    return venture is not None and mine.filter(organization=venture.organization_id).exists()


rules.add_perm("funding.view", reads_all | (is_applicant & can_see & has_a_part_with_money) | (is_operator & can_see))
rules.add_perm("funding.sign", is_clerk | is_manager | is_finance)
rules.add_perm("funding.pay", is_finance)
rules.add_perm("funding.audit", is_clerk | is_manager)
rules.add_perm("funding.receive", is_finance)
rules.add_perm("funding.claim", is_manager)
rules.add_perm("funding.spend", is_applicant & edits_its_organization)
