"""The one door: what it refuses, what it writes, and that many cost few statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from common.errors import NotAllowed, NotReady, Stale
from common.machine.door import move, move_many
from common.models import JournalEntry, OutboxMessage
from tests.factories import a_round, a_user, a_venture, answer_all_checks, moment
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def submitted(n: int) -> list[Venture]:
    round_ = a_round()
    ventures = [a_venture(State.SUBMITTED, round=round_) for _ in range(n)]
    for venture in ventures:
        answer_all_checks(venture)
    return ventures


def test_a_move_writes_state_journal_and_outbox() -> None:
    (venture,) = submitted(1)
    clerk = a_user("clerk")
    move(venture, "accept", by=clerk, note="齐全")
    assert Venture.objects.get(pk=venture.pk).state == venture.state == State.ELIGIBLE
    entry = JournalEntry.objects.get(subject_kind="ventures.venture", subject_id=venture.pk)
    assert (entry.verb, entry.from_state, entry.to_state, entry.by_id, entry.by_name, entry.note) == (
        "accept", "submitted", "eligible", clerk.pk, str(clerk), "齐全",
    )  # fmt: skip
    message = OutboxMessage.objects.get(key=f"moved:{entry.pk}")
    assert (message.kind, message.payload) == ("moved", {"entry": entry.pk})


def test_facts_are_stored_with_the_row_and_told_in_the_journal() -> None:
    venture = a_venture(State.SUBMITTED)
    move(venture, "return_for_correction", by=a_user("clerk"), note="缺章", due_on=date(2030, 1, 2))
    stored = Venture.objects.get(pk=venture.pk)
    assert (stored.correction_due_on, stored.corrections) == (date(2030, 1, 2), 1)
    assert JournalEntry.objects.get(subject_id=venture.pk).facts == {"due_on": "2030-01-02"}


def test_the_copy_of_the_caller_can_be_saved_after_a_move() -> None:
    (venture,) = submitted(1)
    move(venture, "accept", by=a_user("clerk"))
    venture.title = "改名"
    venture.save()
    assert Venture.objects.get(pk=venture.pk).state == State.ELIGIBLE


def test_who_may_not_is_refused_and_nothing_is_written() -> None:
    (venture,) = submitted(1)
    with pytest.raises(NotAllowed):
        move(venture, "accept", by=a_user("finance"))
    assert Venture.objects.get(pk=venture.pk).state == State.SUBMITTED
    assert not JournalEntry.objects.exists()


def test_an_open_gate_says_what_is_missing() -> None:
    venture = a_venture(State.SUBMITTED)
    with pytest.raises(NotReady) as refused:
        move(venture, "accept", by=a_user("clerk"))
    assert "登记证书有效" in str(refused.value)


def test_the_second_of_two_is_told_who_was_first() -> None:
    (venture,) = submitted(1)
    seen = Venture.objects.get(pk=venture.pk)
    first = a_user("clerk", name="先到的")
    move(venture, "accept", by=first)
    with pytest.raises(Stale, match="先到的"):
        move(seen, "accept", by=a_user("clerk"))


def test_who_saw_another_state_than_the_row_has_is_told_who_was_first() -> None:
    """Both states know the verb, but what is refused now is not what was on the page."""
    (venture,) = submitted(1)
    first, other = a_user("clerk", name="先到的"), a_user("clerk")
    move(venture, "return_for_correction", by=first, due_on=date(2030, 1, 2))
    fresh = Venture.objects.get(pk=venture.pk)
    with pytest.raises(Stale, match="先到的"):
        move(fresh, "refuse", by=other, seen_state=State.SUBMITTED)
    with pytest.raises(Stale, match="先到的"):
        move_many([fresh], "refuse", by=other, seen_state=State.SUBMITTED)
    assert Venture.objects.get(pk=venture.pk).state == fresh.state == State.RETURNED
    move(fresh, "refuse", by=other, seen_state=State.RETURNED)
    assert fresh.state == State.NOT_ACCEPTED


def test_without_a_page_the_copy_of_the_caller_is_what_was_seen() -> None:
    (venture,) = submitted(1)
    copies = [Venture.objects.get(pk=venture.pk) for _ in range(2)]
    move(venture, "return_for_correction", by=a_user("clerk"), due_on=date(2030, 1, 2))
    with pytest.raises(Stale):
        move(copies[0], "refuse", by=a_user("clerk"))
    with pytest.raises(Stale):
        move_many(copies, "refuse", by=a_user("clerk"))
    assert Venture.objects.get(pk=venture.pk).state == State.RETURNED


def test_somebody_was_first_also_where_the_journal_says_nothing() -> None:
    (venture,) = submitted(1)
    with pytest.raises(Stale):
        move(venture, "accept", by=a_user("clerk"), seen_state=State.RETURNED)


def test_what_is_no_longer_there_is_told_and_no_error() -> None:
    first, second = submitted(2)
    for gone in submitted(2):
        gone.check_answers.all().delete()
        Venture.objects.filter(pk=gone.pk).delete()
        with pytest.raises(Stale):
            move(gone, "accept", by=a_user("clerk"))
        with pytest.raises(Stale):
            move_many([first, gone, second], "accept", by=a_user("clerk"))
    assert not JournalEntry.objects.exists()


def test_a_row_says_since_when_it_is_where_it_is() -> None:
    with clock.at(moment("2020-03-02 09:00")):
        one, *others = submitted(3)
    assert one.state_since == moment("2020-03-02 09:00")
    with clock.at(moment("2020-03-05 10:00")):
        move(one, "accept", by=a_user("clerk"))
        move_many(others, "accept", by=a_user("clerk"))
    stored = Venture.objects.values_list("state_since", flat=True)
    assert {v.state_since for v in (one, *others)} == set(stored) == {moment("2020-03-05 10:00")}
    assert set(JournalEntry.objects.values_list("at", flat=True)) == set(stored)


def test_a_batch_moves_all_or_none() -> None:
    ventures = submitted(3)
    ventures[1].check_answers.all().delete()
    with pytest.raises(NotReady) as refused:
        move_many(ventures, "accept", by=a_user("clerk"))
    assert ventures[1].title in str(refused.value)
    assert len(refused.value.reasons) == 1
    assert not Venture.objects.exclude(state=State.SUBMITTED).exists()
    assert not JournalEntry.objects.exists()


def test_a_batch_writes_a_line_and_a_message_for_each() -> None:
    ventures = submitted(3)
    move_many(ventures, "accept", by=a_user("clerk"))
    assert {v.state for v in ventures} == {State.ELIGIBLE}
    entries = {e.subject_id: e.pk for e in JournalEntry.objects.filter(verb="accept", to_state="eligible")}
    assert set(entries) == {v.pk for v in ventures}
    assert {m.payload["entry"] for m in OutboxMessage.objects.filter(kind="moved")} == set(entries.values())


@pytest.mark.parametrize("n", [2, 30])
def test_a_batch_costs_the_same_number_of_statements_however_many(n: int) -> None:
    ventures, clerk = submitted(n), a_user("clerk")
    with CaptureQueriesContext(connection) as queries:
        move_many(ventures, "accept", by=clerk)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 8


def test_rows_from_different_states_are_told_with_their_own() -> None:
    round_ = a_round()
    ventures = [a_venture(State.SUBMITTED, round=round_), a_venture(State.RETURNED, round=round_)]
    move_many(ventures, "refuse", by=a_user("clerk"), note="逾期")
    told = dict(JournalEntry.objects.filter(verb="refuse").values_list("subject_id", "from_state"))
    assert told == {ventures[0].pk: "submitted", ventures[1].pk: "returned"}
