"""What can be asked about accounts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from accounts.models import AccessEntry, AccountRequest, Notification, Role, User
from common.deadlines import end_of, start_of
from common.machine.due import People
from common.normal_forms import phone, user_name

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
        named = Q(name__icontains=word) | Q(username__icontains=user_name(word))
        found = found.filter(named | Q(phone=phone(word)))
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


def seconds(request: AccountRequest) -> list[User]:
    """Who may confirm a request: other administrators, where there is none the managers. One query."""
    return _seconds_among(_trusted(), request)


def requests_to_decide(user: User) -> list[AccountRequest]:
    """What waits for this person as the second one, the oldest first. One query, two where something is open."""
    rows = AccountRequest.objects.open().exclude(by_id=user.pk).exclude(person=user).select_related("person")
    waiting = list(rows)
    trusted = list(_trusted()) if waiting else []
    return [r for r in waiting if user.pk in {u.pk for u in _seconds_among(trusted, r)}]


def _trusted() -> QuerySet[User]:
    """One who was invited and has not come yet is nobody's second person."""
    roles = (Role.ADMIN, Role.MANAGER)
    return User.objects.filter(~_HAS_NOT_COME, role__in=roles, is_active=True).order_by("pk")


def _seconds_among(trusted: Iterable[User], request: AccountRequest) -> list[User]:
    others = [u for u in trusted if u.pk not in {request.by_id, request.person_id}]
    administrators = [u for u in others if u.role == Role.ADMIN]
    return administrators or others


def access_entries(wanted: Mapping[str, Any]) -> QuerySet[AccessEntry]:
    """Lines of the access log that match the filters (see accounts.forms.AccessFilter)."""
    found = AccessEntry.objects.all()
    if who := wanted.get("by"):
        found = found.filter(by_name__icontains=who)
    for name in ("kind", "address"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if since := wanted.get("since"):
        found = found.filter(last_at__gte=start_of(since))
    if until := wanted.get("until"):
        found = found.filter(at__lt=end_of(until))
    return found


def people_with(*roles: Role) -> People:
    """Whoever has one of these roles has every thing that they see (common.machine.due). One query."""

    def people(things: Collection[int]) -> Mapping[int, Collection[int]]:
        found = list(User.objects.filter(role__in=roles, is_active=True).values_list("pk", flat=True))
        return dict.fromkeys(things, found)

    return people
