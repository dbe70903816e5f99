"""Applying: from an empty draft to a submitted application."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.door import move, move_many
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import record
from common.text import clean
from organizations.models import Organization, Platform
from ventures.completeness import missing
from ventures.models import Application, BudgetLine, Round, Venture
from ventures.states import State

EDITABLE = {State.DRAFT, State.RETURNED}


@transaction.atomic
def start(
    *, by: Any, round: Round, organization: Organization, title: str, platform: Platform | None = None
) -> Venture:
    """Begin a draft in a round for an organization. Without a platform, the one of the organization's place.

    Raises NotAllowed; Conflict when the call is not open.
    """
    if not by.has_perm("organizations.edit", organization):
        raise NotAllowed
    if not round.is_call_open:
        raise Conflict(_("The call of %(round)s is not open.") % {"round": round})
    venture = Venture.objects.create(
        round=round,
        organization=organization,
        platform=platform or platform_for(organization, round),
        title=_title(title),
        leader=organization.legal_representative,
        phone=organization.phone,
        is_demo=round.is_demo,
    )
    Application.objects.create(venture=venture)
    record(venture, "start", by=by)
    return venture


def platform_for(organization: Organization, round_: Round) -> Platform:
    """The town's platform of the organization's place, else the city's."""
    near = Platform.objects.filter(place__in=[organization.place_id, organization.place.parent_id or 0], tier="town")
    return near.first() or round_.platform


def _title(title: str) -> str:
    """Stored without 《》; everything else (——, quotes, inner spaces) is part of it."""
    return clean(title).removeprefix("《").removesuffix("》")


@transaction.atomic
def save_draft(
    venture: Venture,
    *,
    by: Any,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
    budget: Sequence[Mapping[str, Any]] | None = None,
    version: int | None = None,
) -> Application:
    """Store a part of the application, complete or not. `budget` replaces all lines; None leaves a part alone.

    `version` is the one the page was made from: raises Stale when somebody saved in between, Conflict when the
    venture can not be edited now, NotAllowed.
    """
    # The venture alone: with the round's row, which all applicants share, everybody who saves would wait for everybody,
    # and one who submits (round first, then venture) for ever.
    row = Venture.objects.select_for_update(of=("self",)).select_related("organization", "round").get(pk=venture.pk)
    if not by.has_perm("ventures.apply", row):
        raise NotAllowed
    if row.state not in EDITABLE:
        raise Conflict(_("%(venture)s is “%(state)s” and can not be edited now.") % _named(row))
    application, __ = Application.objects.get_or_create(venture=row)
    if version is not None and version != application.version:
        raise Stale(_("Somebody else has saved this application meanwhile. Your text is kept below; compare and save."))
    for name, value in (facts or {}).items():
        setattr(row, name, _title(value) if name == "title" else value)
    for name, value in (words or {}).items():
        setattr(application, name, clean(value) if isinstance(value, str) else value)
    if facts:
        row.save(update_fields=list(facts))
    if budget is not None:
        row.budget_lines.all().delete()
        BudgetLine.objects.bulk_create(
            BudgetLine(venture=row, ordinal=n, **line) for n, line in enumerate(budget, start=1)
        )
    application.version += 1
    application.saved_at = now()
    application.save()
    for name in facts or {}:
        setattr(venture, name, getattr(row, name))
    return application


@transaction.atomic
def submit(venture: Venture, *, by: Any) -> Venture:
    """提交申报书. Numbers it HC2020-001. Raises Invalid(fields) for what is missing, NotReady when the call is over."""
    # The round's row serializes numbering; without it two submissions could be given the same number.
    round_ = Round.objects.select_for_update(of=("self",)).select_related("series").get(pk=venture.round_id)
    fresh = Venture.objects.get(pk=venture.pk)
    number = fresh.number or _next_number(round_)
    return _checked(venture, "submit", by=by, number=number, at=now())


def _next_number(round_: Round) -> str:
    prefix = f"{round_.series.code}{round_.year}-"
    taken = Venture.objects.filter(round__series=round_.series, number__startswith=prefix).values_list(
        "number", flat=True
    )
    return f"{prefix}{max((int(n.removeprefix(prefix)) for n in taken), default=0) + 1:03d}"


@transaction.atomic
def resubmit(venture: Venture, *, by: Any) -> Venture:
    """补正后重新提交."""
    return _checked(venture, "resubmit", by=by, at=now())


def _checked(venture: Venture, verb: str, **facts: Any) -> Venture:
    """Missing fields are told at the field before the gates are asked (which would tell them as one sentence)."""
    # Prefetched or edited copies may be old: what counts is what is stored.
    stored = Venture.objects.select_related("round").get(pk=venture.pk)
    if stored.state in EDITABLE and (venture.round.is_call_open or verb == "resubmit") and (found := missing(stored)):
        raise Invalid(found)
    return move(venture, verb, **facts)


@transaction.atomic
def withdraw(venture: Venture, *, by: Any, note: str = "") -> Venture:
    """撤回 before the deadline."""
    return move(venture, "withdraw", by=by, note=note)


def lapse_drafts(round: Round, *, by: Any) -> int:
    """After the deadline: drafts that were never submitted. Returns how many."""
    return len(move_many(list(round.ventures.filter(state=State.DRAFT)), "lapse", by=by))


def _named(venture: Venture) -> dict[str, Any]:
    return {"venture": venture, "state": venture.get_state_display()}
