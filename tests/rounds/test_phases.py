"""The calendar of phases: its days do not run backwards, a copy moves them, and where a phase stands."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.errors import Conflict, Invalid, NotReady
from common.machine.door import move
from rounds import actions as setup
from rounds.cards import advice, open_points
from rounds.models import Round, RoundPhase
from rounds.phases import DONE, LATE, RUNNING, TO_COME, PhaseKind, Planned, standing
from rounds.states import RoundState
from rounds.timeline import timeline
from tests.factories import a_round, moment

pytestmark = pytest.mark.usefixtures("in_march", "in_english")
WINDOW = {"opens_at": moment("2026-03-09 09:00"), "closes_at": moment("2026-04-11 00:00")}


def phase(kind: str, first: str = "", last: str = "", label: str = "") -> dict[str, Any]:
    days = {
        "starts_on": date.fromisoformat(first) if first else None,
        "ends_on": date.fromisoformat(last) if last else None,
    }
    return {"kind": kind, "label": label, **days}


SCREENING = phase("screening", "2026-04-13", "2026-04-24")
REVIEW = phase("review", "2026-04-27", "2026-05-15")


def save(round_: Round, by: Any, *rows: dict[str, Any]) -> Any:
    return setup.save_card(round_, "calendar", by=by, facts=WINDOW, rows=rows)


def kept(round_: Round) -> list[tuple[Any, ...]]:
    return list(round_.phases.values_list("ordinal", "kind", "label", "starts_on", "ends_on"))


# --- Typed ------------------------------------------------------------------------------------------------------------


def test_phases_are_kept_in_their_order_with_or_without_days(people: SimpleNamespace, preparing: Round) -> None:
    assert any("No phase after the call" in sentence for sentence in advice(preparing, "calendar"))
    save(
        preparing,
        people.clerk,
        SCREENING,
        phase("review", label="初评"),
        phase("review", label="答辩"),
        phase("closure"),
    )
    assert kept(preparing) == [
        (1, "screening", "", date(2026, 4, 13), date(2026, 4, 24)),
        (2, "review", "初评", None, None),
        (3, "review", "答辩", None, None),
        (4, "closure", "", None, None),
    ]
    fresh = Round.objects.get(pk=preparing.pk)
    assert not open_points(fresh, "calendar")
    assert not any("No phase after the call" in sentence for sentence in advice(fresh, "calendar"))


@pytest.mark.parametrize(
    ("rows", "cell", "sentence"),
    [
        ([phase("screening", "2026-04-24", "2026-04-23")], "phase-1-ends_on",
         "“Screening” would end on 2026-04-23, before it begins on 2026-04-24."),
        ([phase("screening", "2026-03-08", "2026-04-23")], "phase-1-starts_on",
         "“Screening” would begin on 2026-03-08, before the call opens on 2026-03-09."),
        ([SCREENING, phase("review", "2026-04-12", "2026-05-15", "初评")], "phase-2-starts_on",
         "“初评” would begin on 2026-04-12, before “Screening”, which stands above it, begins on 2026-04-13."),
        ([SCREENING, phase("review"), phase("closure", "2026-04-12", "2026-05-15")], "phase-3-starts_on",
         "before “Screening”, which stands above it"),
        ([phase("screening", "2026-04-24")], "phase-1-ends_on", "needs both its first and its last day, or neither"),
        ([phase("screening", "", "2026-04-24")], "phase-1-starts_on", "needs both its first and its last day, or neither"),
    ],
)  # fmt: skip
def test_a_calendar_that_runs_backwards_is_refused_at_its_cell_with_the_days(
    people: SimpleNamespace, preparing: Round, rows: list[dict[str, Any]], cell: str, sentence: str
) -> None:
    save(preparing, people.clerk, REVIEW)
    with pytest.raises(Invalid) as refused:
        save(preparing, people.clerk, *rows)
    assert list(refused.value.fields) == [cell]
    assert any(sentence in said for said in refused.value.fields[cell]), refused.value.fields
    assert len(kept(preparing)) == 1


@pytest.mark.parametrize(
    ("rows", "cell", "sentence"),
    [
        ([SCREENING, phase("screening")], "phase-2-label", "“Screening” stands there twice"),
        ([phase("call", "2026-04-13", "2026-04-24")], "phase-1-kind", "not a valid choice"),
        ([phase("picnic")], "phase-1-kind", "not a valid choice"),
    ],
)  # fmt: skip
def test_a_phase_is_of_a_kind_and_has_a_name_of_its_own(
    people: SimpleNamespace, preparing: Round, rows: list[dict[str, Any]], cell: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save(preparing, people.clerk, *rows)
    assert list(refused.value.fields) == [cell]
    assert any(sentence in said for said in refused.value.fields[cell]), refused.value.fields


def test_phases_may_overlap_and_begin_on_one_day(people: SimpleNamespace, preparing: Round) -> None:
    """Screening goes on while the call does; on the day on which it opens is early enough."""
    save(
        preparing,
        people.clerk,
        phase("screening", "2026-03-09", "2026-04-24"),
        phase("review", "2026-03-09", "2026-03-09"),
    )
    assert len(kept(preparing)) == 2


def test_a_call_that_was_put_after_its_phases_keeps_itself_shut(people: SimpleNamespace, preparing: Round) -> None:
    save(preparing, people.clerk, SCREENING)
    setup.save_card(
        preparing, "calendar", by=people.clerk,
        facts={"opens_at": moment("2026-04-14 09:00"), "closes_at": moment("2026-05-11 00:00")},
    )  # fmt: skip
    said = "“Screening” would begin on 2026-04-13, before the call opens on 2026-04-14."
    assert open_points(Round.objects.get(pk=preparing.pk), "calendar") == [said]
    with pytest.raises(NotReady) as refused:
        move(preparing, "open", by=people.clerk)
    assert said in refused.value.reasons


def test_the_days_are_frozen_when_the_call_opens(people: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="its rules are frozen"):
        save(a_round(RoundState.OPEN), people.clerk, SCREENING)


@pytest.mark.engines
@pytest.mark.parametrize("days", [("2026-04-24", "2026-04-23"), ("2026-04-24", ""), ("", "2026-04-24")])
def test_the_database_stores_no_phase_that_ends_before_it_begins(preparing: Round, days: tuple[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundPhase.objects.create(round=preparing, ordinal=1, **phase("review", *days))


# --- Copied -----------------------------------------------------------------------------------------------------------


def test_a_copy_moves_the_days_of_its_phases_as_those_of_the_call(people: SimpleNamespace) -> None:
    source = a_round(RoundState.CLOSED, opens_at=moment("2024-03-11 09:00"), closes_at=moment("2024-04-12 00:00"))
    rows = [phase("screening", "2024-04-12", "2024-04-26"), phase("review", label="答辩"),
            phase("closure", "2024-12-09", "2025-01-01")]  # fmt: skip
    RoundPhase.objects.bulk_create(RoundPhase(round=source, ordinal=n, **row) for n, row in enumerate(rows, 1))
    new = setup.copy_round(source, by=people.clerk)
    assert kept(new) == [
        # 2026-04-12 is a Sunday, the 26th too; 2027-01-01 is a Friday of a year that is not published.
        (1, "screening", "", date(2026, 4, 13), date(2026, 4, 27)),
        (2, "review", "答辩", None, None),
        (3, "closure", "", date(2026, 12, 9), date(2027, 1, 1)),
    ]


# --- Where a phase stands -----------------------------------------------------------------------------------------------

FIRST, LAST = date(2026, 5, 11), date(2026, 5, 20)
BEFORE, WITHIN, AFTER = date(2026, 5, 10), date(2026, 5, 20), date(2026, 5, 21)


@pytest.mark.parametrize(
    ("kind", "on", "state", "waiting", "expected"),
    [
        ("review", BEFORE, RoundState.CALL_CLOSED, {}, TO_COME),
        ("review", WITHIN, RoundState.IN_REVIEW, {"review": 9}, RUNNING),
        ("review", AFTER, RoundState.IN_REVIEW, {"review": 9}, LATE),
        ("review", AFTER, RoundState.IN_REVIEW, {}, LATE),  # nothing is published: nobody learns that it is selected
        ("review", AFTER, RoundState.ON_NOTICE, {"notice": 9}, DONE),
        ("review", WITHIN, RoundState.ON_NOTICE, {"notice": 9}, DONE),  # earlier than planned
        ("review", AFTER, RoundState.ON_NOTICE, {"screening": 1}, LATE),  # one hangs before it
        ("mid_term", BEFORE, RoundState.IN_DELIVERY, {"mid_term": 3}, TO_COME),
        ("mid_term", AFTER, RoundState.IN_DELIVERY, {"mid_term": 1, "final": 5}, LATE),
        ("mid_term", AFTER, RoundState.IN_DELIVERY, {"final": 5}, DONE),
        ("closure", WITHIN, RoundState.IN_DELIVERY, {}, RUNNING),
        ("closure", AFTER, RoundState.IN_DELIVERY, {}, LATE),  # everything is closed but the round
        ("closure", AFTER, RoundState.CLOSED, {}, DONE),
        ("call", AFTER, RoundState.OPEN, {}, LATE),
        ("call", AFTER, RoundState.PREPARING, {}, TO_COME),
    ],
)  # fmt: skip
def test_where_a_phase_stands(kind: str, on: date, state: str, waiting: dict[str, int], expected: Any) -> None:
    assert standing(Planned(kind, kind, FIRST, LAST), on=on, state=state, waiting=waiting) is expected


@pytest.mark.parametrize(("waiting", "expected"), [({"mid_term": 1}, RUNNING), ({"agreement": 1}, TO_COME), ({}, DONE)])
def test_a_phase_without_days_goes_by_what_waits_in_it(waiting: dict[str, int], expected: Any) -> None:
    found = standing(Planned("mid_term", "中期", None, None), on=AFTER, state=RoundState.IN_DELIVERY, waiting=waiting)
    assert found is expected


def test_every_kind_says_since_when_it_can_be_over() -> None:
    found = [standing(Planned(k, k, FIRST, LAST), on=AFTER, state=RoundState.CLOSED, waiting={}) for k in PhaseKind]
    assert found == [DONE] * len(PhaseKind)


@pytest.mark.parametrize(
    ("state", "waiting", "expected"),
    [
        (RoundState.IN_REVIEW, {"review": 9}, DONE),
        (RoundState.IN_REVIEW, {"screening": 1, "review": 8}, LATE),
        (RoundState.CALL_CLOSED, {"review": 9}, LATE),  # the review has not begun
    ],
)
def test_a_stage_that_another_follows_is_done_with_its_last_day(
    state: str, waiting: dict[str, int], expected: Any
) -> None:
    first_stage = Planned("review", "初评", FIRST, LAST, has_next=True)
    assert standing(first_stage, on=AFTER, state=state, waiting=waiting) is expected


# --- Drawn --------------------------------------------------------------------------------------------------------------


def test_a_timeline_has_room_for_its_months_and_ends_with_the_last_day() -> None:
    call = Planned("call", "征集", date(2026, 1, 10), date(2026, 1, 31))
    closure = Planned("closure", "结项", date(2026, 12, 1), date(2026, 12, 31))
    undated = Planned("review", "评审", None, None)
    drawn = timeline(Round(state=RoundState.IN_REVIEW), [call, undated, closure], {})
    assert [month for __, month in drawn.ticks] == ["2026-02", "2026-05", "2026-08", "2026-11"]
    first, without, last = drawn.lines
    assert (first.left, without.width) == (0, 0)
    assert last.left + last.width == pytest.approx(100, abs=0.02)
    assert drawn.today == pytest.approx(100 * 51 / 356, abs=0.01)  # in_march: 2026-03-02
