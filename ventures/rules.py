"""Who may do what with rounds and ventures."""

from typing import Any

import rules

from accounts.rules import is_applicant, is_clerk, is_finance, is_manager, is_operator, reads_all
from organizations.models import Membership
from ventures.models import Venture


@rules.predicate
def edits_its_organization(user: Any, venture: Any) -> bool:
    # By the key: the organization's row, which is wide, is not needed for this.
    return (
        venture is not None
        and Membership.objects.filter(
            organization=venture.organization_id, user=user, part__in=["owner", "editor"]
        ).exists()
    )


@rules.predicate
def is_entered_by_staff(user: Any, venture: Any) -> bool:
    return venture is not None and venture.entered_by_staff


@rules.predicate
def did_not_enter_it(user: Any, venture: Any) -> bool:
    """Four eyes: who began an application for the applicant (代录) takes no decision on it, unless the round waives it."""
    return not (venture is not None and venture.is_entered_by(user)) or bool(venture.round.entering_waiver)


@rules.predicate
def can_see(user: Any, venture: Any) -> bool:
    return venture is not None and Venture.objects.visible_to(user).filter(pk=venture.pk).exists()


rules.add_perm("ventures.view", can_see)
rules.add_perm("ventures.start", is_applicant)
# Staff who enter an application for an applicant (代录) act under its organization's name; the journal names them.
rules.add_perm("ventures.enter_for_applicant", is_clerk | is_manager)
rules.add_perm("ventures.fill_in", is_applicant | is_clerk | is_manager)
rules.add_perm(
    "ventures.apply", (is_applicant & edits_its_organization) | ((is_clerk | is_manager) & is_entered_by_staff)
)
rules.add_perm("ventures.screen", is_clerk | is_manager)
# What is decided about a venture, and by whom: none of them on what they have entered for the applicant themselves.
DECISIONS = {
    "ventures.decide": is_clerk | is_manager,  # screening: accept, return, refuse
    "ventures.select": is_manager,
    "ventures.rule_on_objections": is_manager,
    "ventures.award": is_manager,
    "ventures.evaluate": is_clerk | is_manager,
    "ventures.waive_showcase": is_clerk | is_manager,
    "ventures.close": is_manager,
    "ventures.terminate": is_manager,
}
for decision, who in DECISIONS.items():
    rules.add_perm(decision, who & did_not_enter_it)
rules.add_perm("ventures.remind", is_clerk | is_manager)  # 催办
rules.add_perm("ventures.publish", is_manager)
rules.add_perm("ventures.show", is_clerk | is_manager)  # that it was shown is a fact
rules.add_perm("ventures.deliver", is_finance | is_manager)
rules.add_perm("ventures.settle", is_finance | is_manager)  # who has a hand in the money of a termination
rules.add_perm("ventures.read_desk", reads_all | is_operator)
rules.add_perm("ventures.read_money", reads_all | is_finance)
