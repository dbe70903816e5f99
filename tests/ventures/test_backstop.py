"""Beneath the code: the database refuses on both engines what the code would refuse."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_fsm import ConcurrentTransition

from common.machine.door import move
from common.models import JournalEntry, record
from tests.factories import a_round, a_user, a_venture, answer_all_checks
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def refused(sql: str, *params: Any, match: str) -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_raw_sql_neither_changes_nor_deletes_a_line_of_the_journal() -> None:
    record(a_venture(), "start", by=a_user())
    refused("UPDATE common_journalentry SET by_name = 'nobody'", match="append-only")
    refused("DELETE FROM common_journalentry", match="append-only")
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize(("was", "becomes"), [(State.DRAFT, State.CLOSED), (State.NOT_ACCEPTED, State.SUBMITTED)])
def test_raw_sql_makes_no_move_that_the_machine_does_not_know(was: str, becomes: str) -> None:
    venture = a_venture(was)
    refused(
        "UPDATE ventures_venture SET state = %s WHERE id = %s", str(becomes), venture.pk,
        match="ventures_venture: illegal move",
    )  # fmt: skip


def test_raw_sql_makes_no_illegal_move_of_a_round() -> None:
    round_ = a_round()
    refused("UPDATE rounds_round SET state = 'closed' WHERE id = %s", round_.pk, match="illegal move")


def test_a_copy_from_before_a_move_is_not_saved_over_it() -> None:
    venture = a_venture(State.SUBMITTED)
    answer_all_checks(venture)
    old = Venture.objects.get(pk=venture.pk)
    move(venture, "accept", by=a_user("clerk"))
    old.title = "改名"
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        old.save()
    assert Venture.objects.get(pk=venture.pk).state == State.ELIGIBLE


def test_an_award_above_the_request_is_not_stored() -> None:
    venture = a_venture(State.PROPOSED)
    with pytest.raises(IntegrityError, match="award_within_request"), transaction.atomic():
        Venture.objects.filter(pk=venture.pk).update(awarded=venture.requested + Decimal("0.01"))


def test_a_number_is_given_once_per_round() -> None:
    venture = a_venture(State.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_venture(State.SUBMITTED, round=venture.round, number=venture.number)


def test_a_budget_line_is_grant_plus_own_money() -> None:
    line = a_venture().budget_lines.first()
    with pytest.raises(IntegrityError, match="budget_line_grant_plus_own"), transaction.atomic():
        type(line).objects.filter(pk=line.pk).update(from_own=Decimal("0.01"))
