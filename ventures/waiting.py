"""What waits at the desk: ventures by their state, counted in the database (`common.site.todo`).

A state whose work has a page needs nothing here. What does not go by the state alone a room hands in itself:

    @venture_queues("ventures.read_money")  # asked for whoever has this permission
    def agreements(seen):  # the ventures that the reader sees
        yield queue_of(seen, State.AWARDED, _("Agreements to register"), reverse("desk_payments"), only=…)
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from common.site.todo import Queue, todo_source
from ventures.models import Venture
from ventures.states import State
from ventures.visibility import hidden_from
from ventures.work import pages_at_the_desk, step_of

Seen = QuerySet[Venture]
Source = Callable[[Seen], Iterable[Queue]]
_sources: list[tuple[str, Source]] = []


def venture_queues(may: str) -> Callable[[Source], Source]:
    """Hand in queues of ventures for every reader of the desk with the permission `may`. Called when a room starts."""

    def register(source: Source) -> Source:
        _sources.append((may, source))
        return source

    return register


@todo_source("ventures.read_desk")
def at_the_desk(user: Any) -> Iterable[Queue]:
    """Every queue over the same ventures: who sees a part of them is asked once for which."""
    seen = Venture.objects.visible_to(user).exclude(hidden_from(user))
    for state, page in pages_at_the_desk().items():
        yield queue_of(seen, state, page.task, page.list_address)
    for may, source in _sources:
        if user.has_perm(may):
            yield from source(seen)


def queue_of(
    seen: Seen,
    state: State,
    task: Any,
    url: str,
    *,
    when: str = "",
    only: Q | None = None,
    may: str = "",
    since: Any = None,
    due: Any = None,
) -> Queue:
    """Ventures in `state` that wait for its step `when`; `only` those that are named.

    Whose part it is the table says, unless a part of the work is somebody else's (`may`).
    """
    step = step_of(state, when)
    rows = seen.filter(only or Q(), state=state)
    return Queue(task, rows, url, may or step.may, since or F("state_since"), due, step.holder.label)
