"""The second person (双人复核): asked for by an administrator, confirmed or refused by somebody else.

Another administrator confirms; where there is none, the manager. Neither who asked nor whose account it is. Where nobody
could, nothing is asked for: docs/people.md says what is done on the server then.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.access_log import journalled
from accounts.actions import deeds
from accounts.models import AccountLink, AccountRequest, Kind, Role, User
from accounts.notifications import notify
from accounts.queries import seconds
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.machine.actors import SYSTEM, stamp

Deed, Outcome = AccountRequest.Deed, AccountRequest.Outcome


def ask(deed: str, person: User, *, by: Any, role: str = "", reason: str = "") -> AccountRequest:
    """Put a deed before a second person. Call it inside the transaction, with the person locked.

    Raises Conflict when the same is asked for already, or nobody could confirm it.
    """
    for old in person.requests.overdue().filter(deed=deed).select_for_update(of=("self",)):
        _expire(old)
    if open_one := person.requests.filter(deed=deed, outcome="").first():
        raise Conflict(
            _("%(request)s: asked for by %(who)s already. It waits for a second person.")
            % {"request": open_one, "who": open_one.by_name}
        )
    request = AccountRequest(deed=deed, person=person, role=role, reason=reason.strip(), **stamp(by))
    others = seconds(request)
    if not others:
        raise Conflict(
            _(
                "A second person has to confirm this: another administrator, else the manager. There is neither. "
                "Whoever keeps the server can do it by a command (docs/people.md)."
            )
        )
    request.save()
    entry = journalled(person, Kind.ASKED, by=by, note=_said(request.told, reason), told=request.told)
    text = _("%(who)s asks you as second person: %(request)s. Please confirm or refuse it.")
    told = text % {"who": request.by_name, "request": request}
    notify(others, f"entry:{entry.pk}", told, reverse("desk_account_requests"))
    return request


@transaction.atomic
def confirm(request: AccountRequest, *, by: User, site: str) -> AccountLink | None:
    """Do what was asked for. Returns the link of the person, if that is part of it: it is for who confirms, not for who
    asked. Raises NotAllowed, Stale: somebody was first, Conflict: it has expired."""
    row, person, others = _locked(request)
    _check_may_decide(row, by)
    _decide(row, Outcome.CONFIRMED, Kind.CONFIRMED, by=by)
    return _DEEDS[row.deed](row, person, others, by, site)


@transaction.atomic
def deny(request: AccountRequest, *, by: User, reason: str) -> AccountRequest:
    """Say no, with the reason. Nothing happens to the account."""
    row, *__ = _locked(request)
    _check_may_decide(row, by)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it is refused.")]})
    _decide(row, Outcome.DENIED, Kind.DENIED, by=by, why=reason.strip())
    return row


@transaction.atomic
def take_back(request: AccountRequest, *, by: User) -> AccountRequest:
    """Who asked thinks better of it."""
    row, *__ = _locked(request)
    if row.by_id != by.pk:
        raise NotAllowed
    _check_is_open(row)
    _decide(row, Outcome.TAKEN_BACK, Kind.TAKEN_BACK, by=by)
    return row


def expire_overdue() -> int:
    """Close what nobody has decided in time. Returns how many."""
    with transaction.atomic():
        rows = list(AccountRequest.objects.overdue().select_related("person").select_for_update(of=("self",)))
        for row in rows:
            _expire(row)
    return len(rows)


def _locked(request: AccountRequest) -> tuple[AccountRequest, User, dict[int, User]]:
    """Persons first, as `ask` locks them."""
    person, others = deeds.with_administrators(request.person)
    return AccountRequest.objects.select_for_update(of=("self",)).get(pk=request.pk), person, others


def _check_may_decide(row: AccountRequest, by: User) -> None:
    if by.pk not in {u.pk for u in seconds(row)}:
        raise NotAllowed(
            _(
                "%(request)s was asked for by %(who)s and needs a second person: another administrator, else the manager; "
                "never who asked or whose account it is."
            )
            % {"request": row, "who": row.by_name}
        )
    _check_is_open(row)


def _check_is_open(row: AccountRequest) -> None:
    if row.decided_at and row.outcome:
        at = localtime(row.decided_at).strftime("%H:%M")
        raise Stale(
            _("%(request)s: %(who)s was first (%(time)s); it is now “%(state)s”.")
            % {"request": row, "who": row.decided_by_name, "time": at, "state": row.get_outcome_display()}
        )
    if not row.is_open:
        raise Conflict(_("%(request)s has expired. It has to be asked for again.") % {"request": row})


def _decide(row: AccountRequest, outcome: str, kind: Kind, *, by: Any, why: str = "") -> None:
    row.outcome, row.decided_at, row.decided_why = outcome, now(), why
    for name, value in stamp(by, "decided_by").items():
        setattr(row, name, value)
    row.save()
    entry = journalled(row.person, kind, by=by, note=_said(row.told, why), told=row.told)
    text = _("%(request)s: %(state)s by %(who)s.") % {
        "request": row, "state": row.get_outcome_display(), "who": row.decided_by_name,
    }  # fmt: skip
    notify(User.objects.filter(pk=row.by_id or 0).exclude(pk=by.pk), f"entry:{entry.pk}", _said(text, why))


def _expire(row: AccountRequest) -> None:
    _decide(row, Outcome.EXPIRED, Kind.EXPIRED, by=SYSTEM)


def _said(*parts: str) -> str:
    return " ".join(filter(None, parts))


# --- What is done, by deed --------------------------------------------------------------------------------------------


def _invite(row: AccountRequest, person: User, others: Any, by: User, site: str) -> AccountLink:
    return deeds.let_in(person, row.role, by=by, site=site)


def _give_role(row: AccountRequest, person: User, others: dict[int, User], by: User, site: str) -> None:
    if row.role != Role.ADMIN:
        deeds.somebody_administers_beside(person, others)
    deeds.give_role(person, row.role, by=by)


def _reset_factor(row: AccountRequest, person: User, others: Any, by: User, site: str) -> None:
    deeds.take_factor_off(person, by=by, reason=row.reason)


def _issue_link(row: AccountRequest, person: User, others: Any, by: User, site: str) -> AccountLink:
    if not person.is_active:
        raise Conflict(_("%(name)s is deactivated.") % {"name": person})
    return deeds.issue_link(person, by=by, site=site)


def _reopen(row: AccountRequest, person: User, others: Any, by: User, site: str) -> None:
    if not person.is_active:
        deeds.reopen(person, by=by)


_DEEDS: dict[str, Callable[[AccountRequest, User, Any, User, str], AccountLink | None]] = {
    Deed.INVITE: _invite,
    Deed.ROLE: _give_role,
    Deed.FACTOR: _reset_factor,
    Deed.LINK: _issue_link,
    Deed.REOPEN: _reopen,
}
