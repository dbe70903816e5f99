from typing import Any

import rules

from accounts.rules import is_applicant, reads_all


@rules.predicate
def is_member(user: Any, organization: Any) -> bool:
    return organization is not None and organization.memberships.filter(user=user).exists()


@rules.predicate
def edits(user: Any, organization: Any) -> bool:
    return (
        organization is not None and organization.memberships.filter(user=user, part__in=["owner", "editor"]).exists()
    )


rules.add_perm("organizations.register", is_applicant)
rules.add_perm("organizations.view", reads_all | is_member)
rules.add_perm("organizations.edit", is_applicant & edits)
