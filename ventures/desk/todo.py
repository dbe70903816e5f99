"""What waits for the desk beside the work of a state: calls that are over, and whatever is overdue."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.clock import now
from common.deadlines import start_of
from common.site.todo import Item, Queue, todo_source
from rounds.models import Round
from rounds.states import RoundState
from ventures.desk.due_queries import late
from ventures.models import Venture
from ventures.states import Holder


@todo_source("ventures.read_desk")
def calls_to_close(_user: Any) -> Iterable[Queue]:
    over = Round.objects.filter(state=RoundState.OPEN, closes_at__lt=now())
    yield Queue(
        gettext_lazy("Calls to close"), over, reverse("desk_rounds"), "rounds.run", F("closes_at"),
        holder=Holder.STAFF.label,
    )  # fmt: skip


def _overdue(what: Any) -> str:
    return _("%(what)s overdue") % {"what": what}


def _soon(what: Any) -> str:
    return _("%(what)s nearly due") % {"what": what}


@todo_source("ventures.read_desk")
def late_ventures(user: Any) -> Iterable[Item]:
    """A row for each thing with which ventures are late, whoever has it in hand: the desk reminds of it. What is nearly
    due is told to those at the desk who have it."""
    for line in late(Venture.objects.visible_to(user), user):
        may = line.kind.late if line.is_overdue else line.kind.may
        is_mine = bool(may) and user.has_perm(may)
        if line.is_overdue or is_mine:
            yield Item(
                task=lazy(_overdue if line.is_overdue else _soon, str)(line.kind.label),
                url=line.url,
                since=start_of(line.first) if line.is_overdue else None,
                due=line.first,
                count=line.count,
                holder=line.kind.holder,
                is_mine=is_mine,
            )
