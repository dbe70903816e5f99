"""Who may do what with rounds and ventures."""

from typing import Any

import rules

from accounts.rules import is_admin, is_applicant, is_clerk, is_finance, is_manager, is_operator, reads_all
from ventures.models import Venture


@rules.predicate
def edits_its_organization(user: Any, venture: Any) -> bool:
    return (
        venture is not None
        and venture.organization.memberships.filter(user=user, part__in=["owner", "editor"]).exists()
    )


@rules.predicate
def can_see(user: Any, venture: Any) -> bool:
    return venture is not None and Venture.objects.visible_to(user).filter(pk=venture.pk).exists()


rules.add_perm("ventures.view", can_see)
rules.add_perm("ventures.start", is_applicant)
# Staff who enter an application for an applicant (代录) act under its organization's name; the journal names them.
rules.add_perm("ventures.apply", (is_applicant & edits_its_organization))
rules.add_perm("ventures.screen", is_clerk | is_manager)
rules.add_perm("ventures.run_round", is_clerk | is_manager)
rules.add_perm("ventures.set_up_round", is_manager | is_admin)
rules.add_perm("ventures.select", is_manager)
rules.add_perm("ventures.publish", is_manager)
rules.add_perm("ventures.rule_on_objections", is_manager)
rules.add_perm("ventures.award", is_manager)
rules.add_perm("ventures.deliver", is_finance | is_manager)
rules.add_perm("ventures.evaluate", is_clerk | is_manager)
rules.add_perm("ventures.show", is_clerk | is_manager)
rules.add_perm("ventures.close", is_manager)
rules.add_perm("ventures.terminate", is_manager)
rules.add_perm("ventures.read_desk", reads_all | is_operator)
rules.add_perm("ventures.read_money", reads_all | is_finance)
