"""Screening over HTTP: accept, return, refuse, each refusal with its status and sentence."""

from datetime import date

import pytest
from django.urls import reverse

from common import clock
from tests.factories import moment
from tests.web.desk_world import (
    answers_of,
    body,
    make_desk,
    planted,
    post,
    signed_in,
    to_screen,
)
from ventures import actions
from ventures.models import CheckAnswer
from ventures.states import State


@pytest.fixture
def desk(db):
    return make_desk()


def test_an_application_is_accepted_with_its_checklist(desk):
    venture = planted(desk, State.SUBMITTED)
    given = {**answers_of(venture), f"evidence_{venture.round.check_items.first().pk}": "2020 年年检报告"}
    answer = post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 302, body(answer)
    venture.refresh_from_db()
    assert venture.state == State.ELIGIBLE
    assert CheckAnswer.objects.filter(venture=venture, met=True, by_name="初审员").count() == 3
    assert CheckAnswer.objects.filter(venture=venture, evidence="2020 年年检报告").exists()


def test_an_unmet_line_refuses_the_acceptance_and_keeps_what_was_typed(desk):
    venture = planted(desk, State.SUBMITTED)
    first, second, *__ = venture.round.check_items.all()
    given = {f"met_{first.pk}": "yes", f"met_{second.pk}": "no", f"evidence_{second.pk}": "年检不合格 2019"}
    answer = post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 409
    assert second.label in body(answer) and "年检不合格 2019" in body(answer)
    venture.refresh_from_db()
    assert venture.state == State.SUBMITTED


def test_the_second_who_accepts_is_told_who_was_first_and_when(desk):
    venture = to_screen(desk)
    given = {**answers_of(venture), "seen": State.SUBMITTED}
    with clock.at(moment("2026-05-06 14:02")):
        assert post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given).status_code == 302
    answer = post(signed_in(desk.other_clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 409
    assert "初审员" in body(answer) and "14:02" in body(answer)


def test_a_late_save_does_not_rewrite_the_checklist_of_an_accepted_application(desk):
    venture = to_screen(desk)
    actions.accept(venture, by=desk.clerk)
    answer = post(signed_in(desk.other_clerk), "desk_venture_answer", venture.pk, answers_of(venture, "no"))
    assert answer.status_code == 409
    assert not CheckAnswer.objects.filter(venture=venture, met=False).exists()


def test_a_return_needs_a_reason_and_tells_the_due_date_in_working_days(desk):
    venture = to_screen(desk)
    clerk = signed_in(desk.clerk)
    with clock.at(moment("2020-04-29 10:00")):  # 1–5 May are holidays, 9 May is a make-up Saturday
        assert "2020年5月9日" in body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
        refused = post(clerk, "desk_venture_return", venture.pk, {"reason": " "})
        assert refused.status_code == 422 and "请写明" in body(refused)
        assert post(clerk, "desk_venture_return", venture.pk, {"reason": "请补充依据。"}).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.correction_due_on) == (State.RETURNED, date(2020, 5, 9))


def test_a_second_return_is_refused_with_the_rounds_number_and_keeps_the_reason(desk):
    venture = to_screen(desk, corrections=1)
    answer = post(signed_in(desk.clerk), "desk_venture_return", venture.pk, {"reason": "还缺一份证明。"})
    assert answer.status_code == 409
    assert "1" in body(answer) and "还缺一份证明。" in body(answer)


def test_a_refusal_with_a_reason_ends_the_application(desk):
    venture = to_screen(desk)
    assert post(signed_in(desk.clerk), "desk_venture_refuse", venture.pk, {"reason": "未年检。"}).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.NOT_ACCEPTED


def test_the_system_names_what_is_incomplete_before_the_clerk_looks(desk):
    venture = planted(desk, State.SUBMITTED, words=False)
    text = body(signed_in(desk.clerk).get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "项目简介" in text and desk.organization.credit_code in text
