"""What can be done with events: plan, fill the programme, announce, hold."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.clock import now
from common.door import move, move_many
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import record
from common.text import clean
from showcases.models import Event, Exhibit, ProgrammeItem
from ventures.models import Round, Venture
from ventures.states import RoundState, State

# What an event can show: from the first work on it to the end; a terminated venture has no outcome to show.
EXHIBITABLE = {
    State.AWARDED,
    State.IN_DELIVERY,
    State.MID_TERM,
    State.RECTIFYING,
    State.IN_EVALUATION,
    State.EVALUATED,
    State.SHOWN,
    State.CLOSED,
}


@transaction.atomic
def plan(
    *,
    by: Any,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    shows: Iterable[Round],
    launches: Iterable[Round],
    introduction: str = "",
) -> Event:
    """Plan an event that shows the outcome of rounds and launches others. Nobody outside the desk sees it yet.

    Raises NotAllowed; Invalid(fields).
    """
    if not by.has_perm("showcases.plan"):
        raise NotAllowed
    shown, launched = list(shows), list(launches)
    problems: dict[str, list[str]] = {}
    if not shown and not launched:
        problems["shows"] = [_("Choose a round that is shown or launched.")]
    if both := [str(r) for r in shown if r in launched]:
        problems["launches"] = [
            _("%(rounds)s can not be shown and launched at once.")
            % {"rounds": "、".join(both)}
        ]
    event = Event(
        starts_at=starts_at,
        ends_at=ends_at,
        name=clean(name),
        venue=clean(venue),
        introduction=clean(introduction),
        is_demo=any(r.is_demo for r in [*shown, *launched]),
    )
    _check(event, problems)
    event.save()
    event.shows.set(shown)
    event.launches.set(launched)
    record(event, "plan", by=by, words=event.name)
    return event


@transaction.atomic
def change(event: Event, *, by: Any, **facts: Any) -> Event:
    """Change name, starts_at, ends_at, venue or introduction before the event is held. Raises as `plan`; Conflict."""
    row = _open(event, by)
    for field, value in facts.items():
        setattr(row, field, clean(value) if isinstance(value, str) else value)
    _check(row, {})
    row.save(update_fields=list(facts))
    record(row, "change", by=by, fields=", ".join(sorted(facts)))
    return row


@transaction.atomic
def add_exhibit(
    event: Event,
    *,
    by: Any,
    venture: Venture,
    form: str,
    minutes: int = 5,
    presenter: str = "",
) -> Exhibit:
    """Show a venture at the event, as a talk, on a board, in a film or at a stall, after the others.

    Raises NotAllowed; Conflict once held; Invalid(venture, form, minutes).
    """
    row = _open(event, by)
    problems = _time_problems(minutes) | _venture_problems(row, venture)
    if form not in Exhibit.Form.values:
        problems["form"] = [_("Choose a form from the list.")]
    if row.exhibits.filter(venture=venture).exists():
        problems["venture"] = [
            _("%(venture)s is on show at this event already.") % {"venture": venture}
        ]
    if problems:
        raise Invalid(problems)
    exhibit = Exhibit.objects.create(
        event=row,
        venture=venture,
        form=form,
        minutes=minutes,
        presenter=clean(presenter),
        ordinal=_next(row.exhibits),
    )
    record(row, "add_exhibit", by=by, words=str(venture), venture=venture.pk)
    return exhibit


@transaction.atomic
def remove_exhibit(exhibit: Exhibit, *, by: Any) -> None:
    """Take a venture off the event before it is held."""
    row = _open(exhibit.event, by)
    exhibit.delete()
    record(
        row,
        "remove_exhibit",
        by=by,
        words=str(exhibit.venture),
        venture=exhibit.venture_id,
    )


@transaction.atomic
def receive_material(exhibit: Exhibit, *, by: Any) -> Exhibit:
    """展板, PPT or film has come in."""
    row = _open(exhibit.event, by)
    exhibit.material_received = True
    exhibit.save(update_fields=["material_received"])
    record(
        row,
        "receive_material",
        by=by,
        words=str(exhibit.venture),
        venture=exhibit.venture_id,
    )
    return exhibit


@transaction.atomic
def add_programme_item(
    event: Event,
    *,
    by: Any,
    title: str,
    minutes: int = 5,
    presenter: str = "",
    venture: Venture | None = None,
    launches: Round | None = None,
) -> ProgrammeItem:
    """Add a line at the end of the programme; its time follows from the minutes of the lines before it.

    Raises NotAllowed; Conflict once held; Invalid(title, minutes, venture, launches).
    """
    row = _open(event, by)
    title = clean(title)
    problems = _time_problems(minutes)
    if not title:
        problems["title"] = [_("Please fill this in.")]
    if venture is not None:
        problems |= _venture_problems(row, venture)
    if launches is not None and not row.launches.filter(pk=launches.pk).exists():
        problems["launches"] = [
            _("%(event)s does not launch %(round)s.")
            % {"event": row, "round": launches}
        ]
    if problems:
        raise Invalid(problems)
    return ProgrammeItem.objects.create(
        event=row, title=title, minutes=minutes, presenter=clean(presenter), venture=venture, launches=launches,
        ordinal=_next(row.programme),
    )  # fmt: skip


@transaction.atomic
def remove_programme_item(item: ProgrammeItem, *, by: Any) -> None:
    """Take a line off the programme before the event is held; those after it move up in time."""
    _open(item.event, by)
    item.delete()


@transaction.atomic
def announce(event: Event, *, by: Any) -> Event:
    """发布: from now on everybody sees the event and its programme. Announcing twice changes nothing."""
    row = _open(event, by)
    if not row.is_public:
        row.is_public = True
        row.save(update_fields=["is_public"])
        record(row, "announce", by=by)
    event.is_public = True
    return row


@transaction.atomic
def hold(event: Event, *, by: Any) -> Event:
    """The event took place: its evaluated exhibits are shown, the rounds that it launches open. All or nothing.

    Returns the event; its `not_evaluated` lists exhibited ventures that wait for their final evaluation: they are
    recorded one by one later (`record_showing`). Raises NotAllowed; Conflict before it begins or when it was held;
    NotReady with the round and what its call still lacks.
    """
    row = _open(event, by, "showcases.hold")
    if now() < row.starts_at:
        raise Conflict(
            _("%(event)s begins at %(at)s; it can not be recorded as held before.")
            % {"event": row, "at": _time(row.starts_at)}
        )
    row.held_at = event.held_at = now()
    row.is_public = event.is_public = (
        True  # What took place, and what it launched, is no secret.
    )
    row.save(update_fields=["held_at", "is_public"])
    ventures = [e.venture for e in row.exhibits.select_related("venture")]
    move_many(
        [v for v in ventures if v.state == State.EVALUATED],
        "show",
        by=by,
        note=row.name,
    )
    for round_ in row.launches.filter(state=RoundState.PREPARING).select_related(
        "series"
    ):
        _open_call(round_, row, by)
    waiting = EXHIBITABLE - {State.EVALUATED, State.SHOWN, State.CLOSED}
    row.not_evaluated = [v for v in ventures if v.state in waiting]
    event.not_evaluated = row.not_evaluated
    record(
        row, "hold", by=by, exhibits=len(ventures), not_evaluated=len(row.not_evaluated)
    )
    return row


def record_showing(venture: Venture, *, by: Any) -> Venture:
    """A venture that was on show before its final evaluation has passed it now. NotReady when it was never shown."""
    event = Event.objects.filter(
        exhibits__venture=venture, held_at__isnull=False
    ).first()
    return move(venture, "show", by=by, note=event.name if event else "")


def _open_call(round_: Round, event: Event, by: Any) -> None:
    try:
        move(round_, "open", by=by, note=event.name)
    except NotReady as e:
        raise NotReady(f"{round_}: {reason}" for reason in e.reasons) from e


def _open(event: Event, by: Any, permission: str = "showcases.plan") -> Event:
    """The event, locked; what was held is history."""
    if not by.has_perm(permission, event):
        raise NotAllowed
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.held_at is not None:
        raise Conflict(
            _("%(event)s was recorded as held (%(at)s); it does not change any more.")
            % {"event": row, "at": _time(row.held_at)}
        )
    return row


def _check(event: Event, problems: dict[str, list[str]]) -> None:
    for field in ("name", "venue"):
        if not getattr(event, field):
            problems[field] = [_("Please fill this in.")]
    if event.ends_at <= event.starts_at:
        problems["ends_at"] = [
            _("The end %(end)s is not after the start %(start)s.")
            % {"end": _time(event.ends_at), "start": _time(event.starts_at)}
        ]
    if problems:
        raise Invalid(problems)


def _venture_problems(event: Event, venture: Venture) -> dict[str, list[str]]:
    if not event.shows.filter(pk=venture.round_id).exists():
        return {
            "venture": [
                _("%(event)s does not show %(round)s, to which %(venture)s belongs.")
                % {"event": event, "round": venture.round, "venture": venture}
            ]
        }
    if venture.state not in EXHIBITABLE:
        return {
            "venture": [
                _("%(venture)s is “%(state)s”; only awarded ventures are shown.")
                % {"venture": venture, "state": venture.get_state_display()}
            ]
        }
    return {}


def _time_problems(minutes: int) -> dict[str, list[str]]:
    return {} if minutes >= 1 else {"minutes": [_("At least 1 minute.")]}


def _next(lines: "QuerySet[Any]") -> int:
    return int(lines.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _time(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
