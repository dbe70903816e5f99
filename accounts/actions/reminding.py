"""Reminders of what is due: by the calendar to who has it, then to the staff; by hand whenever somebody asks for it.

The calendar reminds before the day, on the first day after it, and of what is still open then the staff as well. Whoever
is reminded of several things on a day reads one message. Nobody is told of a thing that they do not see.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Reminder, User
from accounts.notifications import notify
from common.clock import today
from common.errors import Conflict, Invalid
from common.machine.actors import SYSTEM, stamp
from common.machine.due import REMIND_BEFORE, Due, due_dates, things_with_due_dates
from common.machine.journal_labels import kind_of, things_of

FIRST_DAY = 1  # days after the due day
TELL_STAFF_AFTER = 7


@dataclass(frozen=True)
class Told:
    """A line of somebody's message: what is due, and whether it lies in other hands."""

    due: Due
    is_follow_up: bool = False


Messages = dict[int, list[Told]]  # account → what it is told


# --- By the calendar --------------------------------------------------------------------------------------------------


@transaction.atomic
def remind_by_the_calendar(since: date) -> int:
    """Everybody whom a day after `since`, and not after today, asks to be reminded. Returns how many people are told.

    On a day without such a thing nothing is written.
    """
    messages: Messages = defaultdict(list)
    for model in things_with_due_dates():
        rows = apps.get_model(model)._default_manager.all()
        found = due_dates(rows, SYSTEM, until=today() + timedelta(max(REMIND_BEFORE)))
        _gather(messages, [d for d in found if _is_day_of(_days_of_holder(d), since)], who="people")
        _gather(messages, [d for d in found if _is_day_of(_days_of_staff(d), since)], who="staff")
    return len(_send(messages, by=SYSTEM))


def _days_of_holder(due: Due) -> Iterator[date]:
    with suppress(Invalid):  # a year whose working days nobody has entered
        yield from due.kind.before(due.on)
    yield due.on + timedelta(FIRST_DAY)


def _days_of_staff(due: Due) -> Iterator[date]:
    yield due.on + timedelta(TELL_STAFF_AFTER)


def _is_day_of(days: Iterable[date], since: date) -> bool:
    return any(since < day <= today() for day in days)


def _gather(messages: Messages, dates: Sequence[Due], *, who: str) -> None:
    """One look for the people of each kind, whatever the number of things."""
    by_kind: dict[str, list[Due]] = defaultdict(list)
    for due in dates:
        by_kind[due.kind.slug].append(due)
    for some in by_kind.values():
        people = getattr(some[0].kind, who)([d.thing for d in some])
        for due in some:
            for user in people.get(due.thing, ()):
                messages[user].append(Told(due, is_follow_up=who == "staff"))


# --- By hand ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def remind_of(dates: Sequence[Due], *, by: User) -> list[Due]:
    """催办 by somebody: who has these things reads it now. Returns those of which somebody was told; of the others
    everybody has been reminded today, or nobody has them.

    Raises Conflict when another reminder came between.
    """
    messages: Messages = defaultdict(list)
    _gather(messages, dates, who="people")
    messages.pop(by.pk, None)
    try:
        with transaction.atomic():
            told = _send(messages, by=by)
    except IntegrityError:
        raise Conflict(_("Somebody else has just sent this reminder.")) from None
    reached = {(t.due.thing, t.due.kind.slug) for some in told.values() for t in some}
    return [d for d in dates if (d.thing, d.kind.slug) in reached]


def reminded_today(dates: Collection[Due]) -> dict[tuple[int, str], Reminder]:
    """(thing, kind) → the last reminder of today. One query."""
    rows = Reminder.objects.filter(on=today(), subject_id__in={d.thing for d in dates}).order_by("at", "pk")
    kinds = {(d.kind.of, d.thing, d.kind.slug) for d in dates}
    return {(r.subject_id, r.due): r for r in rows if (r.subject_kind, r.subject_id, r.due) in kinds}


# --- Both -------------------------------------------------------------------------------------------------------------


def _send(messages: Messages, *, by: Any) -> Messages:
    """To each person one message with what they see and have not been told today. Returns what was told to whom."""
    had = set(
        Reminder.objects.filter(on=today(), user__in=messages).values_list("user", "subject_kind", "subject_id", "due")
    )
    sent: Messages = {}
    for user in User.objects.filter(pk__in=messages, is_active=True).order_by("pk"):
        new = [t for t in messages[user.pk] if (user.pk, t.due.kind.of, t.due.thing, t.due.kind.slug) not in had]
        lines = _lines(new, user)
        if not lines:
            continue
        sent[user.pk] = [told for told, __ in lines]
        written = Reminder.objects.bulk_create(
            Reminder(
                user=user, subject_kind=told.due.kind.of, subject_id=told.due.thing, due=told.due.kind.slug, on=today(),
                **stamp(by),
            )
            for told in sent[user.pk]
        )  # fmt: skip
        with override("zh-hans"):
            notify(
                [user],
                f"due:{written[0].pk}",
                _text([line for __, line in lines]),
                _address([told for told, __ in lines]),
            )
    return sent


def _lines(told: Sequence[Told], user: User) -> list[tuple[Told, str]]:
    """What this person sees of it, each with its line; one query for each kind of thing."""
    names: dict[tuple[str, int], str] = {}
    for kind in {t.due.kind.of for t in told}:
        seen = things_of(kind, {t.due.thing for t in told if t.due.kind.of == kind}, user)
        names |= {(kind, pk): name for pk, name in seen.items()}
    with override("zh-hans"):
        found = [
            (t, _line(t, names[t.due.kind.of, t.due.thing])) for t in told if (t.due.kind.of, t.due.thing) in names
        ]
    once = {(t.due.kind.of, t.due.thing, t.due.kind.slug): (t, line) for t, line in reversed(found)}
    return sorted(once.values(), key=lambda pair: (pair[0].due.on, pair[1]))


def _line(told: Told, thing: str) -> str:
    due = told.due
    said = {"thing": thing, "what": due.kind.label, "day": due.on, "left": due.told, "holder": due.kind.holder}
    if told.is_follow_up:
        return _("%(thing)s: %(what)s was due on %(day)s, %(left)s; it is in the hands of %(holder)s.") % said
    return _("%(thing)s: %(what)s, due on %(day)s, %(left)s.") % said


def _text(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return "\n".join([_("%(n)s things are due soon or overdue:") % {"n": len(lines)}, *lines])


def _address(told: Sequence[Told]) -> str:
    first = told[0]
    if len(told) > 1:
        return reverse("desk_home" if first.is_follow_up else first.due.kind.home)
    if first.is_follow_up:
        return reverse(kind_of(first.due.kind.of).url_name, args=[first.due.thing])
    return first.due.kind.page(first.due.thing)
