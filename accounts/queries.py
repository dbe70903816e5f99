"""What can be asked about accounts."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from accounts.models import Notification, Role, User

PAGE = 30
_HAS_NOT_COME = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def notifications_of(user: User, before: int | None = None) -> tuple[list[Notification], int | None]:
    """One page of messages, newest first, and the `before` of the next page (None: there is no more). One query."""
    rows: Any = Notification.objects.filter(user=user)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def people(wanted: Mapping[str, Any]) -> QuerySet[User]:
    """Accounts that match the filters (see accounts.forms.PeopleFilter)."""
    found = User.objects.all()
    if word := wanted.get("q"):
        found = found.filter(Q(name__icontains=word) | Q(username__icontains=word))
    if role := wanted.get("role"):
        found = found.filter(role=role)
    match wanted.get("state"):
        case "active":
            found = found.filter(~_HAS_NOT_COME, is_active=True)
        case "invited":
            found = found.filter(_HAS_NOT_COME, is_active=True)
        case "inactive":
            found = found.filter(is_active=False)
        case "without":
            found = found.filter(~Q(role=Role.APPLICANT), is_active=True, is_demo=False, second_factor_at=None)
    return found
