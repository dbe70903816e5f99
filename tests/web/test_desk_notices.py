"""Notices, objections and awards over HTTP: working days, dates and open objections are enforced."""

from datetime import date

import pytest
from django.urls import reverse

from common import clock
from rounds.states import RoundState
from tests.factories import moment
from tests.web.desk_world import (
    an_objection,
    body,
    on_notice,
    post,
    proposed_round,
    signed_in,
)
from ventures.models import Notice, Objection
from ventures.states import State


def test_a_notice_is_published_with_its_last_day_computed(desk):
    round_ = proposed_round(desk)
    manager = signed_in(desk.manager)
    with clock.at(moment("2021-08-18 09:00")):
        assert 'value="2021-08-24"' in body(manager.get(reverse("desk_round_notice", args=[round_.pk])))
        answer = post(manager, "desk_round_publish", round_.pk, {"closes_on": "2021-08-24", "text": "现予公示。"})
    assert answer.status_code == 302
    notice = Notice.objects.get(round=round_)
    assert (notice.days, notice.closes_on) == (5, date(2021, 8, 24))
    round_.refresh_from_db()
    assert round_.state == RoundState.ON_NOTICE


def test_the_make_up_sunday_of_april_2023_counts(desk):
    round_ = proposed_round(desk)
    with clock.at(moment("2023-04-20 09:00")):
        answer = post(signed_in(desk.manager), "desk_round_publish", round_.pk, {"closes_on": "2023-04-25"})
    assert answer.status_code == 302
    assert Notice.objects.get(round=round_).days == 5


@pytest.mark.parametrize(
    ("opens", "closes", "days"), [("2023-04-20", "2023-04-24", 4), ("2021-08-18", "2021-08-23", 4)]
)
def test_a_notice_with_too_few_working_days_is_refused_with_both_numbers(desk, opens, closes, days):
    round_ = proposed_round(desk)
    with clock.at(moment(f"{opens} 09:00")):
        given = {"closes_on": closes, "text": "这段文字要留在表单里。"}
        answer = post(signed_in(desk.manager), "desk_round_publish", round_.pk, given)
    text = body(answer)
    assert answer.status_code == 422
    assert f"{days} 个工作日" in text and "5 个工作日" in text and "这段文字要留在表单里。" in text
    assert not Notice.objects.exists()


def test_a_clerk_does_not_publish(desk):
    round_ = proposed_round(desk)
    assert post(signed_in(desk.clerk), "desk_round_publish", round_.pk, {"closes_on": "2026-12-31"}).status_code == 403


def test_an_award_before_the_notice_has_ended_is_refused_with_the_date(desk):
    venture, notice = on_notice(desk, days_left=2)
    answer = post(signed_in(desk.manager), "desk_venture_award", venture.pk)
    assert answer.status_code == 409 and str(notice.closes_on) in body(answer)
    assert post(signed_in(desk.manager), "desk_notice_award", notice.pk).status_code == 409


def test_an_award_with_an_open_objection_is_refused(desk):
    venture, notice = on_notice(desk, days_left=-1)
    an_objection(venture, notice)
    answer = post(signed_in(desk.manager), "desk_venture_award", venture.pk)
    assert answer.status_code == 409 and "异议" in body(answer)
    venture.refresh_from_db()
    assert venture.state == State.ON_NOTICE


def test_all_on_a_finished_notice_are_awarded_but_the_one_with_an_objection(desk):
    free, notice = on_notice(desk, days_left=-1)
    held, __ = on_notice(desk, days_left=-1)
    notice.lines.create(venture=held, ordinal=2, amount=held.awarded)
    an_objection(held, notice)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_notice_award", notice.pk).status_code == 302
    text = body(manager.get(reverse("desk_notice", args=[notice.pk])))
    free.refresh_from_db()
    held.refresh_from_db()
    assert (free.state, held.state) == (State.AWARDED, State.ON_NOTICE)
    assert str(held) in text


def test_an_objection_is_admitted_and_dismissed_with_a_ruling(desk):
    venture, notice = on_notice(desk)
    objection = an_objection(venture, notice)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_objection_admit", objection.pk).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.OBJECTED
    assert post(manager, "desk_objection_dismiss", objection.pk, {"ruling": ""}).status_code == 422
    assert post(manager, "desk_objection_dismiss", objection.pk, {"ruling": "经核查不重复。"}).status_code == 302
    venture.refresh_from_db()
    objection.refresh_from_db()
    assert (venture.state, objection.state) == (State.ON_NOTICE, Objection.State.DISMISSED)


def test_an_upheld_objection_cancels_the_award_and_can_not_be_ruled_twice(desk):
    venture, notice = on_notice(desk)
    objection = an_objection(venture, notice)
    manager = signed_in(desk.manager)
    post(manager, "desk_objection_admit", objection.pk)
    assert post(manager, "desk_objection_uphold", objection.pk, {"ruling": "属实。"}).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.awarded) == (State.CANCELLED, None)
    again = post(manager, "desk_objection_dismiss", objection.pk, {"ruling": "改判。"})
    assert again.status_code == 409
