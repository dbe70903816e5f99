"""催办: who has something that is due soon or overdue is reminded of it, when somebody of the desk says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import remind_of
from accounts.actions.reminding import reminded_today
from common.clock import clock_time
from common.errors import NotAllowed
from common.machine.due import Due, due_of_rows, marked
from common.machine.sql import lock
from common.models import record
from common.wording import listed
from ventures.models import Venture


@dataclass(frozen=True)
class Reminded:
    """What became of it: of which ventures somebody was reminded, and why of the others nobody was."""

    told: list[Venture]
    untold: list[str]


@transaction.atomic
def remind(ventures: Sequence[Venture], *, by: Any) -> Reminded:
    """Of each of these what is due soon or overdue; of one thing nobody more than once a day. The journal of each venture
    tells it. `ventures` is what `by` sees.

    Raises NotAllowed, and Conflict when somebody else has reminded at this moment.
    """
    if not by.has_perm("ventures.remind"):
        raise NotAllowed
    lock(Venture, [v.pk for v in ventures])  # of two who remind the second sees what the first has sent
    dates = {pk: marked(some) for pk, some in due_of_rows(ventures, by).items()}
    wanted = [due for some in dates.values() for due in some]
    before = reminded_today(wanted)
    reached = {(d.thing, d.kind.slug) for d in remind_of(wanted, by=by)}
    told, untold = [], []
    for venture in ventures:
        due = dates.get(venture.pk, [])
        new = [d for d in due if (d.thing, d.kind.slug) in reached]
        if new:
            told.append(venture)
            _write_down(venture, new, by)
        else:
            last = next((r for d in due if (r := before.get((d.thing, d.kind.slug)))), None)
            untold.append(_why_not(venture, due, clock_time(last.at)[:5] if last else ""))
    return Reminded(told, untold)


def _write_down(venture: Venture, dates: Sequence[Due], by: Any) -> None:
    with override("zh-hans"):
        note = "；".join(f"{d.kind.label}（{d.on}，{d.told}）" for d in dates)
    record(venture, "remind", by=by, note=note, due=",".join(d.kind.slug for d in dates))


def _why_not(venture: Venture, dates: Sequence[Due], at: str) -> str:
    if not dates:
        return _("%(venture)s: nothing is due soon or overdue.") % {"venture": venture}
    what = {"venture": venture, "what": listed(d.kind.label for d in dates), "at": at}
    if at:
        return _("%(venture)s: of “%(what)s” was reminded today already, at %(at)s.") % what
    return _("%(venture)s: nobody but you has “%(what)s” in hand.") % what
