"""The calendar of a round on its pages: what is late by what its ventures still wait for, and what it tells to nobody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from common.clock import now, today
from rounds.models import Amendment, Round, RoundPhase
from rounds.phases import DONE, LATE, RUNNING, TO_COME, PhaseKind
from rounds.states import RoundState
from tests.factories import a_round, a_venture, an_applicant
from tests.web.desk_world import body, signed_in
from ventures.calendar.queries import line_of, timeline_of
from ventures.states import FINAL_STATES, State, phase_of

pytestmark = pytest.mark.django_db

# Kind → first and last day, from today.
DAYS = {"screening": (-60, -50), "review": (-49, -30), "notice": (-29, -20), "agreement": (-19, -10), "mid_term": (-9, -1),
        "final": (0, 9), "showcase": (10, 10), "closure": (11, 20)}  # fmt: skip


IN_TIME = {
    "call": DONE, "screening": DONE, "review": DONE, "notice": DONE, "agreement": DONE, "mid_term": DONE,
    "final": RUNNING, "showcase": TO_COME, "closure": TO_COME,
}  # fmt: skip


def a_planned_round(state: str, **fields: Any) -> Round:
    round_ = a_round(state, opens_at=now() - timedelta(90), closes_at=now() - timedelta(61), **fields)
    RoundPhase.objects.bulk_create(
        RoundPhase(round=round_, ordinal=n, kind=kind, starts_on=_day(first), ends_on=_day(last))
        for n, (kind, (first, last)) in enumerate(DAYS.items(), 1)
    )
    return round_


def _day(n: int) -> date:
    return today() + timedelta(n)


def standings(round_: Round) -> dict[str, Any]:
    drawn = timeline_of(round_)
    assert drawn
    return {line.phase.kind: line.standing for line in drawn.lines}


def test_a_phase_is_late_while_a_venture_waits_in_it_or_before_it() -> None:
    round_ = a_planned_round(RoundState.IN_DELIVERY)
    a_venture(State.CLOSED, round=round_)
    a_venture(State.IN_DELIVERY, round=round_, midterm_passed_at=now())
    a_venture(State.RESERVE, round=round_)
    assert standings(round_) == IN_TIME
    waiting = a_venture(State.MID_TERM, round=round_)
    passed = a_venture(State.IN_DELIVERY, round=round_, midterm_passed_at=now())
    assert standings(round_) == IN_TIME | {"mid_term": LATE}
    drawn = timeline_of(round_)
    assert drawn
    assert [line_of(v, drawn).phase.kind for v in (waiting, passed)] == ["mid_term", "final"]  # type: ignore[union-attr]
    a_venture(State.AWARDED, round=round_)
    assert standings(round_) == IN_TIME | {"agreement": LATE, "mid_term": LATE}


def test_a_calendar_tells_nobody_that_the_selection_is_made() -> None:
    found = []
    for state in (State.IN_REVIEW, State.PROPOSED, State.RESERVE, State.NOT_SELECTED):
        round_ = a_planned_round(RoundState.IN_REVIEW)
        a_venture(state, round=round_)
        found.append(standings(round_))
    assert found[0][PhaseKind.REVIEW] is LATE
    assert found == found[:1] * 4


def test_every_state_that_waits_for_the_office_or_the_applicant_holds_up_a_phase() -> None:
    without = {s for s in State if phase_of(s, is_past_mid_term=False) is None}
    assert without == {*FINAL_STATES, State.DRAFT, State.RESERVE}


def test_the_pages_of_the_round_and_of_the_venture_show_it(desk: Any) -> None:
    round_ = a_planned_round(RoundState.IN_DELIVERY, platform=desk.platform)
    user, organization = an_applicant()
    venture = a_venture(State.MID_TERM, round=round_, organization=organization)
    public = body(Client().get(reverse("round", args=[round_.pk])))
    staff = body(signed_in(desk.clerk).get(reverse("desk_round", args=[round_.pk])))
    own = body(signed_in(user).get(reverse("apply_venture", args=[venture.pk])))
    for page in (public, staff, own):
        assert "阶段日程" in page and f"{_day(-9)} – {_day(-1)}" in page
        assert "已逾期" in page and "逾期 1 天" in page
    assert "本项目所在阶段" in own and "本项目所在阶段" not in public


def test_a_round_that_plans_nothing_shows_no_calendar(desk: Any) -> None:
    round_ = a_round(RoundState.OPEN, platform=desk.platform)
    assert "阶段日程" not in body(Client().get(reverse("round", args=[round_.pk])))
    assert "阶段日程" not in body(signed_in(desk.clerk).get(reverse("desk_round", args=[round_.pk])))


@pytest.mark.parametrize("size", [1, 3])
def test_a_calendar_costs_two_queries(size: int) -> None:
    round_ = a_planned_round(RoundState.IN_DELIVERY)
    for __ in range(size):
        a_venture(State.MID_TERM, round=round_)
        a_venture(State.AWARDED, round=round_)
    with CaptureQueriesContext(connection) as caught:
        timeline_of(round_)
    assert len(caught) == 2


# --- Files to take along ----------------------------------------------------------------------------------------------


def events(answer: Any) -> dict[str, Any]:
    """Key (before the @) → the event, as a calendar program reads it."""
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    return {str(e["uid"]).partition("@")[0]: e for e in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_everybody_takes_the_phases_of_a_round_along_as_whole_days() -> None:
    round_ = a_planned_round(RoundState.IN_DELIVERY)
    RoundPhase.objects.create(round=round_, ordinal=9, kind="review", label="答辩")  # without days
    url = reverse("round_calendar", args=[round_.pk])
    found = events(Client().get(url))
    assert set(found) == {f"round-{round_.pk}-{kind}-1" for kind in ("call", *DAYS)}
    event = found[f"round-{round_.pk}-mid_term-1"]
    assert str(event["summary"]) == f"中期评估 · {round_.title}"
    assert (event["dtstart"].dt, event["dtend"].dt) == (_day(-9), _day(0))  # the end is not included
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["url"] == f"http://testserver{reverse('round', args=[round_.pk])}"
    call = found[f"round-{round_.pk}-call-1"]
    assert call["dtend"].dt == round_.closes_on + timedelta(1) and "申报时间：" in str(call["description"])
    assert Client().get(url).content == Client().get(url).content


def test_an_amendment_makes_a_later_revision_of_the_same_events() -> None:
    round_ = a_planned_round(RoundState.IN_DELIVERY)
    url = reverse("round_calendar", args=[round_.pk])
    before = events(Client().get(url))
    at = now() + timedelta(hours=1)
    Amendment.objects.create(round=round_, ordinal=1, text="延期", published_at=at, by_name="负责人")
    after = events(Client().get(url))
    assert set(after) == set(before)
    assert {(e["sequence"], e["last-modified"].dt == at.replace(microsecond=0)) for e in after.values()} == {(1, True)}
    assert {(e["sequence"], e["last-modified"].dt < at) for e in before.values()} == {(0, True)}


def test_a_round_in_preparation_has_no_calendar_file() -> None:
    round_ = a_planned_round(RoundState.PREPARING)
    assert Client().get(reverse("round_calendar", args=[round_.pk])).status_code == 404


def test_a_person_takes_along_the_own_rounds_and_due_dates_and_nobody_elses() -> None:
    round_, others = a_planned_round(RoundState.IN_DELIVERY), a_planned_round(RoundState.IN_DELIVERY)
    (user, organization), (__, foreign) = an_applicant(), an_applicant()
    own = a_venture(
        State.IN_DELIVERY, round=round_, organization=organization, midterm_passed_at=now(), ends_on=_day(5)
    )
    theirs = a_venture(State.IN_DELIVERY, round=others, organization=foreign, ends_on=_day(5))
    url = reverse("my_calendar")
    assert Client().get(url).status_code == 302
    found = events(signed_in(user).get(url))
    assert f"round-{round_.pk}-final-1" in found and f"round-{others.pk}-final-1" not in found
    due = [e for key, e in found.items() if key.startswith(f"due-{user.pk}-")]
    assert [e["dtstart"].dt for e in due] == [_day(5)]
    assert own.title in str(due[0]["summary"]) and str(due[0]["summary"]).startswith("到期：")
    assert not any(theirs.title in str(e["summary"]) for e in found.values())


def test_a_venture_without_a_title_of_ours_breaks_no_line_of_the_file(desk: Any) -> None:
    """What applicants type is text in it: no line of its own, no field."""
    round_ = a_planned_round(RoundState.IN_DELIVERY)
    user, organization = an_applicant()
    hostile = "课堂\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x;," + "长" * 60
    a_venture(
        State.IN_DELIVERY,
        round=round_,
        organization=organization,
        title=hostile,
        midterm_passed_at=now(),
        ends_on=_day(5),
    )
    answer = signed_in(user).get(reverse("my_calendar"))
    found = events(answer)
    assert len(found) == len(DAYS) + 2 and "x" not in found
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
