"""Where the work of a state is done, and what the table of states says of one venture.

Rooms register the page of their work when they start. The venture's page shows it as a button and the lists of what
waits lead to it, for whoever the table names:

    work_page(State.MID_TERM, "desk_venture_midterm", _("Assess the mid-term"), task=_("Mid-terms to assess"))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.urls import reverse

from common import deadlines
from ventures.models import Venture
from ventures.states import TABLE, Holder, State, Step

# Ventures → with which note each was given back to be put right, by its key.
Notes = Callable[[Sequence[Venture]], Mapping[Any, str]]


@dataclass(frozen=True)
class WorkPage:
    """A page and the button that leads to it. `key` gives the argument of its address, None for no page."""

    name: str
    label: Any
    may: str
    kind: str
    key: Callable[[Venture], Any]
    task: Any = ""
    listed: str = ""
    notes: Notes | None = None

    def address(self, venture: Venture) -> str:
        key = self.key(venture)
        return "" if key is None else reverse(self.name, args=[key])

    @property
    def list_address(self) -> str:
        name, mark, query = self.listed.partition("?")
        return reverse(name) + mark + query


_work: dict[tuple[str, str], WorkPage] = {}
_further: dict[str, list[WorkPage]] = {}


def work_page(
    state: State,
    name: str,
    label: Any,
    *,
    may: str = "",
    kind: str = "primary",
    when: str = "",
    task: Any = "",
    listed: str = "",
    notes: Notes | None = None,
) -> None:
    """The page where what the table names for `state` (its step `when`) is done; a step has one such page.

    It is shown to who may do the work, or to who has `may`. What waits for it is called `task` and stands in the list
    `listed` (URL name, and a query); without them the label and the list of ventures in this state have to do.
    `notes` are what the person has to know besides, for instance why it was given back.
    """
    assert (state, when) not in _work, f"{state.name} has a page of its work: {_work[state, when].name}"
    may = may or step_of(state, when).may
    listed = listed or f"desk_ventures?state={state}"
    _work[state, when] = WorkPage(name, label, may, kind, attrgetter("pk"), task or label, listed, notes)


def step_of(state: str, when: str = "") -> Step:
    return next(step for step in TABLE[state].steps if step.when == when)


def further_page(
    states: Iterable[State],
    name: str,
    label: Any,
    *,
    may: str,
    kind: str = "outline-secondary",
    key: Callable[[Venture], Any] = attrgetter("pk"),
) -> None:
    """Something else that can be done, or looked at, while a venture is in one of `states`."""
    for state in states:
        _further.setdefault(state, []).append(WorkPage(name, label, may, kind, key))


def page_of(venture: Venture) -> WorkPage | None:
    """Where the step that this venture waits for is done."""
    return _work.get((venture.state, venture.step.when))


def pages_at_the_desk() -> dict[State, WorkPage]:
    """State → where its work is done, for the states that the applicant does not hold."""
    held = {key: page for key, page in _work.items() if step_of(*key).holder is not Holder.APPLICANT}
    return {State(state): page for (state, when), page in held.items() if not when}


def pages_for(user: Any, venture: Venture) -> list[WorkPage]:
    """The pages that are open to this person now, that of the step first."""
    first = page_of(venture)
    pages = [*([first] if first else []), *_further.get(venture.state, [])]
    return [page for page in pages if user.has_perm(page.may, venture)]


# --- The next step of one venture -------------------------------------------------------------------------------------

FACTS: Mapping[str, Callable[[Venture], Any]] = {
    "deadline": lambda v: deadlines.told(v.round.closes_at),
    "due": lambda v: v.correction_due_on,
    "rectify_by": lambda v: v.rectify_by,
    "notice_end": lambda v: v.last_notice and v.last_notice.closes_on,
    "closed_on": lambda v: v.closed_on,
}


class _Facts:
    """What a sentence names, asked only when it names it."""

    def __init__(self, venture: Venture) -> None:
        self.venture = venture

    def __getitem__(self, name: str) -> Any:
        return FACTS[name](self.venture) or "—"


@dataclass(frozen=True)
class NextStep:
    """The sentence as shown, and who has to act."""

    sentence: str
    step: Step
    venture: Venture

    @property
    def holder(self) -> Holder:
        return self.step.holder

    def is_for(self, user: Any) -> bool:
        """Whether it is this person's part (visibility is decided before)."""
        return bool(self.step.may) and user.has_perm(self.step.may, self.venture)


def step_from(state: str, venture: Venture) -> str:
    """The sentence of what a venture waits for when it comes into a state, whatever it is in by now."""
    return str(TABLE[state].steps[0].sentence) % _Facts(venture)


def next_step(venture: Venture) -> NextStep:
    """The next step of one venture. One query while on notice, else none (with `round` at hand)."""
    step = venture.step
    return NextStep(str(step.sentence) % _Facts(venture), step, venture)
