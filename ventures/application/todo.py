"""What waits for an applicant: each of the ventures that the table of states leaves in the applicant's hands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from common.machine.due import due_of_rows
from common.site.todo import Item, todo_source
from ventures.application.queries.home import may_apply_for
from ventures.models import Venture
from ventures.states import Holder, held_by
from ventures.work import Notes, page_of


@todo_source("ventures.start")
def of_own_ventures(user: Any) -> Iterable[Item]:
    """Two queries, and one for each kind of work that has notes."""
    held = Venture.objects.visible_to(user).filter(state__in=held_by(Holder.APPLICANT))
    own = held.filter(organization__in=may_apply_for(user)).select_related("round__series")
    ventures = list(own.order_by("pk"))
    notes, dates = _notes(ventures), due_of_rows(ventures, user)
    days = {(pk, d.kind.slug): d.on for pk, some in dates.items() for d in some}
    return [item for v in ventures if (item := _item(v, notes.get(v.pk, ""), days))]


def _item(venture: Venture, note: str, days: Mapping[tuple[Any, str], date]) -> Item | None:
    step, page = venture.step, page_of(venture)
    if page is None or step.holder is not Holder.APPLICANT:
        return None
    return Item(
        task=page.task,
        url=page.address(venture),
        since=venture.state_since,
        due=days.get((venture.pk, step.due)),
        thing=venture,
        about=reverse("apply_venture", args=[venture.pk]),
        note=note,
        action=page.label,
    )


def _notes(ventures: Sequence[Venture]) -> dict[Any, str]:
    """Venture → what the page of its work says of it."""
    told: dict[Notes, list[Venture]] = defaultdict(list)
    for venture in ventures:
        if (page := page_of(venture)) and page.notes:
            told[page.notes].append(venture)
    return {pk: text for notes, some in told.items() for pk, text in notes(some).items()}
