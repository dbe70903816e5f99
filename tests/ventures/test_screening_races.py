"""Two at one application: one wins, the other is told who was first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from common.errors import Conflict
from common.models import JournalEntry
from tests.web.desk_world import make_desk, to_screen
from ventures import actions
from ventures.models import Application, Correction, Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]
TIMES = 5


def both(*acts: Callable[[], Any]) -> list[Any]:
    """Run at the same moment; the result or the conflict of each."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return act()
        except Conflict as e:
            return e
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_accepts_while_another_returns_and_one_of_both_is_told_who_was_first() -> None:
    desk = make_desk()
    for __ in range(TIMES):
        venture = to_screen(desk)
        one, other = (Venture.objects.get(pk=venture.pk) for __ in range(2))
        accepted, returned = both(
            partial(actions.accept, one, by=desk.clerk),
            partial(actions.return_for_correction, other, by=desk.other_clerk, fields={"plan": "补"}),
        )
        venture.refresh_from_db()
        lost = [r for r in (accepted, returned) if isinstance(r, Conflict)]
        assert len(lost) == 1, (accepted, returned)
        entry = JournalEntry.objects.of(venture).get()
        assert entry.to_state == venture.state
        assert (venture.state == State.RETURNED) == Correction.objects.filter(venture=venture).exists()


def test_the_second_of_two_who_saw_the_same_page_is_told_who_was_first() -> None:
    desk = make_desk()
    venture = to_screen(desk)
    seen = Venture.objects.get(pk=venture.pk)
    actions.accept(venture, by=desk.clerk)
    with pytest.raises(Conflict, match="初审员"):
        actions.return_for_correction(seen, by=desk.other_clerk, fields={"plan": "补"})


def test_what_the_applicant_saves_while_the_application_is_handed_in_again_is_in_it_or_refused() -> None:
    desk = make_desk()
    for n in range(TIMES):
        venture = to_screen(desk)
        actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "补"})
        actions.save_draft(venture, by=desk.applicant, values={"plan": "补了"})
        one, other = (Venture.objects.get(pk=venture.pk) for __ in range(2))
        saved, __ = both(
            partial(actions.save_draft, one, by=desk.applicant, values={"plan": f"改{n}"}),
            partial(actions.resubmit, other, by=desk.applicant),
        )
        [submission] = venture.submissions.filter(ordinal=2)
        frozen = next(f["value"] for f in submission.content["fields"] if f["path"] == "plan")
        stored = Application.objects.get(venture=venture).plan
        assert frozen == stored, "what was handed in is what is stored"
        assert (stored == f"改{n}") != isinstance(saved, Conflict)


def test_two_clerks_with_the_same_batch_accept_each_once() -> None:
    desk = make_desk()
    ventures = [to_screen(desk) for __ in range(6)]
    pks = [v.pk for v in ventures]
    results = both(
        lambda: actions.accept_many(list(Venture.objects.filter(pk__in=pks)), by=desk.clerk),
        lambda: actions.accept_many(list(Venture.objects.filter(pk__in=pks[::-1])), by=desk.other_clerk),
    )
    assert sum(isinstance(r, Conflict) for r in results) == 1
    assert JournalEntry.objects.filter(verb="accept").count() == 6
