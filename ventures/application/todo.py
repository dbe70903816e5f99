"""What waits for an applicant: each of the ventures that the table of states leaves in the applicant's hands."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.urls import reverse

from common.models import JournalEntry
from common.site.todo import Item, todo_source
from ventures.application.queries.home import may_apply_for
from ventures.models import Venture
from ventures.states import Holder, held_by
from ventures.waiting import in_state_since
from ventures.work import page_of


@todo_source("ventures.start")
def of_own_ventures(user: Any) -> Iterable[Item]:
    """Two queries."""
    held = Venture.objects.visible_to(user).filter(state__in=held_by(Holder.APPLICANT))
    own = held.filter(organization__in=may_apply_for(user)).select_related("round__series")
    ventures = list(own.annotate(since=in_state_since()).order_by("pk"))
    words = reasons_of(ventures)
    return [item for v in ventures if (item := _item(v, words.get(v.pk, "")))]


def _item(venture: Any, words: str) -> Item | None:
    step, page = venture.step, page_of(venture)
    if page is None or step.holder is not Holder.APPLICANT:
        return None
    return Item(
        task=page.task,
        url=page.address(venture),
        since=venture.since,
        due=getattr(venture, step.due) if step.due else None,
        thing=venture,
        about=reverse("apply_venture", args=[venture.pk]),
        words=words,
        action=page.label,
    )


def reasons_of(ventures: Sequence[Venture]) -> dict[int, str]:
    """Venture → the words with which it was last given back to be put right. One query."""
    orders = _orders()
    pks = [v.pk for v in ventures if v.state in orders.values()]
    rows = JournalEntry.objects.filter(subject_kind="ventures.venture", subject_id__in=pks, verb__in=orders)
    return {row.subject_id: row.words for row in rows.order_by("pk")}


@cache
def _orders() -> dict[str, str]:
    """Verb → state, where staff hand a venture back to the applicant and have to say why."""
    moves = Venture._meta.get_field("state").get_all_transitions(Venture)  # type: ignore[union-attr]
    held = held_by(Holder.APPLICANT)
    return {m.name: m.target for m in moves if m.target in held and m.custom.get("words_required")}
