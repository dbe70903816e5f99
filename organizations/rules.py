from typing import Any

import rules

from accounts.rules import is_applicant, is_clerk, is_manager, reads_all


@rules.predicate
def is_member(user: Any, organization: Any) -> bool:
    return organization is not None and organization.memberships.filter(user=user).exists()


@rules.predicate
def edits(user: Any, organization: Any) -> bool:
    return (
        organization is not None and organization.memberships.filter(user=user, part__in=["owner", "editor"]).exists()
    )


@rules.predicate
def owns(user: Any, organization: Any) -> bool:
    return organization is not None and organization.memberships.filter(user=user, part="owner").exists()


MONEY_PARTS = ["owner", "editor", "finance"]


@rules.predicate
def sees_money(user: Any, organization: Any) -> bool:
    """Bank account and money: everybody of the organization but its readers."""
    return organization is not None and organization.memberships.filter(user=user, part__in=MONEY_PARTS).exists()


@rules.predicate
def changed_no_account(user: Any, organization: Any) -> bool:
    """Four eyes: who changed the account of an organization does not verify it."""
    changed_by = None if organization is None else organization.account_changed_by_id
    return changed_by is None or bool(changed_by != user.pk)


keeps = is_clerk | is_manager

rules.add_perm("organizations.register", is_applicant)
rules.add_perm("organizations.view", reads_all | is_member)
rules.add_perm("organizations.edit", is_applicant & edits)
rules.add_perm("organizations.host", is_applicant & owns)
rules.add_perm("organizations.keep", keeps)
rules.add_perm("organizations.verify", keeps & changed_no_account)
rules.add_perm("organizations.manage_people", is_applicant & owns)
rules.add_perm("organizations.see_money", reads_all | (is_applicant & sees_money))
