from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from common.errors import Stale
from common.machine.door import move
from common.models import JournalEntry
from tests.factories import a_user, a_venture, answer_all_checks
from tests.waiting import DEADLINE
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.engines

THREADS = 20


@pytest.fixture
def outcomes(transactional_db: None) -> list[str]:
    """What became of twenty who accept one venture at once: nothing, or the sentence of the refusal."""
    venture = a_venture(State.SUBMITTED)
    answer_all_checks(venture)
    clerks = [a_user("clerk", name=f"初审员{n:02d}") for n in range(THREADS)]
    seen = [Venture.objects.get(pk=venture.pk) for __ in clerks]
    together = Barrier(THREADS)

    def accept(n: int) -> str:
        try:
            together.wait(timeout=DEADLINE)
            move(seen[n], "accept", by=clerks[n])
            return ""
        except Stale as e:
            return str(e)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(accept, range(THREADS)))


def test_of_twenty_who_move_at_once_one_does(outcomes: list[str]) -> None:
    assert outcomes.count("") == 1
    assert JournalEntry.objects.filter(verb="accept").count() == 1


def test_the_others_are_told_who_was_first(outcomes: list[str]) -> None:
    first = JournalEntry.objects.filter(verb="accept").earliest("pk").by_name
    assert all(first in told for told in outcomes if told)
