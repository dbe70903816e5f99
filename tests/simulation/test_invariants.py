"""The laws of the data: kept by a whole round, and each is named when it is broken."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from common import clock
from common.invariants import check, laws, nightly
from common.models import Job, JournalEntry, OutboxMessage
from common.work.jobs import run_pending
from simulation import chance, reference
from simulation.laws import require_laws
from simulation.play import play
from simulation.story import SimulationError
from tests import factories
from tests.simulation.breaking import CASES
from tests.simulation.conftest import is_a_test_database
from tests.simulation.unguarded import one, unguarded
from ventures.models import Venture

WORLD = chance.story(18, 5, 1)  # with everything that can happen to a venture


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A round from call to closure, played once for this module and rolled back after it."""
    assert is_a_test_database()
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load()
        play(WORLD)
        yield
        transaction.set_rollback(True)


def test_an_empty_house_keeps_every_law(db: None) -> None:  # first: it asks for the database of the tests
    assert violated() == {}


def violated() -> dict[str, int]:
    return {finding.law.name: finding.count for finding in check() if finding.count}


def asked(*words: str) -> str:
    out = StringIO()
    call_command("check_invariants", *words, stdout=out)
    return out.getvalue()


def test_a_whole_round_keeps_every_law(world: None) -> None:
    assert violated() == {}
    assert asked().count("✓") == len(laws())


@pytest.mark.parametrize(("law", "how", "breaks"), CASES, ids=[f"{law}: {how}" for law, how, _ in CASES])
def test_the_law_that_is_broken_is_named_and_no_other(
    world: None, law: str, how: str, breaks: Callable[[], Any]
) -> None:
    with unguarded():
        breaks()
        assert set(violated()) == {law}


def test_every_law_is_broken_once() -> None:
    assert {law for law, _how, _breaks in CASES} == {law.name for law in laws()}


def test_the_number_of_statements_does_not_grow_with_the_rows(world: None) -> None:
    def statements() -> dict[str, int]:
        counted = {}
        for law in laws():
            with CaptureQueriesContext(connection) as queries:
                list(check([law]))
            counted[law.name] = len([q for q in queries if "SAVEPOINT" not in q["sql"]])
        return counted

    with_a_round = statements()
    with unguarded():
        Venture._base_manager.all()._raw_delete("default")
        JournalEntry.objects.filter(subject_kind="ventures.venture")._raw_delete("default")
        without = statements()
    assert {name: (n, without[name]) for name, n in with_a_round.items() if n != without[name]} == {}


def test_the_command_names_the_law_counts_and_ends_with_1(world: None) -> None:
    out = StringIO()
    with unguarded():
        Venture.objects.filter(state="closed").update(closed_on=None)
        n = Venture.objects.filter(state="closed").count()
        with pytest.raises(CommandError) as told:
            call_command("check_invariants", "an_ended_venture_has_its_day", stdout=out)
        row = json_of("an_ended_venture_has_its_day")
    assert told.value.returncode == 1
    lines = out.getvalue().splitlines()
    assert lines[0] == f"✗ ventures · an_ended_venture_has_its_day: {n}"
    assert len(lines) == 1 + min(n, 5) + (n > 5)
    assert (row["count"], row["warns"], len(row["told"])) == (n, False, min(n, 5))


def json_of(law: str) -> dict[str, Any]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invariants", law, json=True, stdout=out)
    row: dict[str, Any] = json.loads(out.getvalue())
    return row


def test_what_only_warns_is_told_and_is_no_failure(world: None) -> None:
    with unguarded():
        OutboxMessage.objects.filter(pk=OutboxMessage.objects.first().pk).update(sent_at=None, attempts=8)
        assert asked("no_message_is_given_up").startswith("! common · no_message_is_given_up: 1\n")


def test_the_command_explains_a_room_without_asking(world: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        told = asked("--room", "funding", "--explain")
    assert told.count("funding · ") == len(laws(rooms=["funding"]))
    assert "5,000.01 + 3,333.00 + 1,667.00" in told


@pytest.mark.parametrize("words", [["no_such_law"], ["--room", "nowhere"]])
def test_the_command_knows_no_other_law_and_no_other_room(words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("check_invariants", *words)


def test_a_simulation_that_ends_with_a_broken_law_has_failed(world: None) -> None:
    with unguarded():
        one(Venture, state="closed").update(closed_on=None)
        with pytest.raises(SimulationError, match="an_ended_venture_has_its_day"):
            require_laws()


def test_the_laws_are_asked_once_a_night_and_the_desk_reads_what_came_of_it(world: None) -> None:
    with unguarded():
        one(Venture, state="closed").update(closed_on=None)
        with clock.at(factories.moment("2021-01-04 01:59")):
            assert nightly.ask_for_the_check_of_the_day() == 0
        with clock.at(factories.moment("2021-01-04 02:00")):
            assert [nightly.ask_for_the_check_of_the_day() for _ in range(2)] == [1, 0]
            job = Job.objects.get(kind=nightly.KIND)
            run_pending([job.pk])
        job.refresh_from_db()
        assert job.result["laws"] == len(laws())
        assert job.result["broken"] == {"an_ended_venture_has_its_day": 1}
        line = JournalEntry.objects.get(verb="check_invariants")
        assert (line.subject_kind, line.subject_id) == ("common.job", 20210104)
        assert "an_ended_venture_has_its_day" in line.note
