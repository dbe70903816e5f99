"""Roles as predicates. Rooms compose these with their own."""

from typing import Any

import rules

from accounts.models import Role


def has_role(*roles: Role) -> Any:
    @rules.predicate(name="has_role:" + "|".join(roles))
    def predicate(user: Any) -> bool:
        return bool(getattr(user, "is_authenticated", False) and user.is_a(*roles))

    return predicate


is_applicant = has_role(Role.APPLICANT)
is_expert = has_role(Role.EXPERT)
is_clerk = has_role(Role.CLERK)
is_finance = has_role(Role.FINANCE)
is_manager = has_role(Role.MANAGER)
is_operator = has_role(Role.OPERATOR)
is_supervisor = has_role(Role.SUPERVISOR)
is_admin = has_role(Role.ADMIN)
is_staff = is_clerk | is_finance | is_manager | is_admin
reads_all = is_staff | is_supervisor

rules.add_perm("accounts.use_desk", reads_all | is_operator)
rules.add_perm("accounts.signed_in", rules.is_authenticated)
rules.add_perm("accounts.read_journal", reads_all)
rules.add_perm("accounts.read_people", is_admin | is_supervisor)
rules.add_perm("accounts.manage_people", is_admin)
rules.add_perm("accounts.read_access_log", is_admin | is_supervisor)
rules.add_perm("accounts.confirm_requests", is_admin | is_manager)
rules.add_perm("accounts.read_backups", is_admin)
rules.add_perm("accounts.keep_calendar", is_manager | is_admin)
