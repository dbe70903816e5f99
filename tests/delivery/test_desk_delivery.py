"""Assessments over HTTP: scores and gates are enforced."""

from decimal import Decimal

import pytest
from django.db.models import F
from django.urls import reverse

from common.clock import today
from delivery.models import Report
from rounds.models import GradeBand
from tests.web.desk_world import (
    body,
    planted,
    post,
    signed_in,
)
from ventures.states import State


def test_a_midterm_is_passed_or_rectified_with_words(desk):
    passed, failed = planted(desk, State.MID_TERM), planted(desk, State.MID_TERM)
    clerk = signed_in(desk.clerk)
    assert post(clerk, "desk_venture_pass_midterm", passed.pk, {"assessment": "进度相符。"}).status_code == 302
    assert post(clerk, "desk_venture_fail_midterm", failed.pk, {"assessment": ""}).status_code == 422
    assert post(clerk, "desk_venture_fail_midterm", failed.pk, {"assessment": "补做签到表。"}).status_code == 302
    passed.refresh_from_db()
    failed.refresh_from_db()
    assert (passed.state, failed.state) == (State.IN_DELIVERY, State.RECTIFYING)
    assert Report.objects.get(venture=failed).rectify_by > today()


def test_a_final_score_gives_the_grade_of_the_round(desk):
    venture = planted(desk, State.IN_EVALUATION)
    answer = post(signed_in(desk.clerk), "desk_venture_pass_final", venture.pk, {"score": "75", "assessment": "良好"})
    assert answer.status_code == 302
    venture.refresh_from_db()
    assert (venture.final_score, venture.grade) == (Decimal("75.00"), "良好")


def test_a_grade_more_is_one_row_of_the_round(desk):
    desk.round.grade_bands.update(ordinal=F("ordinal") + 10)
    GradeBand.objects.create(round=desk.round, ordinal=1, name="特优", lowest=95)
    venture, clerk = planted(desk, State.IN_EVALUATION), signed_in(desk.clerk)
    assert "95 分起为特优、85 分起为优秀" in body(clerk.get(reverse("desk_venture_final", args=[venture.pk])))
    assert post(clerk, "desk_venture_pass_final", venture.pk, {"score": "95"}).status_code == 302
    assert "95.00 · 特优" in body(clerk.get(reverse("desk_venture", args=[venture.pk])))
    assert "95 分起为特优" in body(clerk.get(reverse("desk_round", args=[desk.round.pk])))


@pytest.mark.parametrize(("score", "status", "said"), [("59.5", 409, "60"), ("101", 422, "100"), ("", 422, "")])
def test_a_final_score_that_does_not_pass_is_refused_and_the_words_stay(desk, score, status, said):
    venture = planted(desk, State.IN_EVALUATION)
    given = {"score": score, "assessment": "台账不全。"}
    answer = post(signed_in(desk.clerk), "desk_venture_pass_final", venture.pk, given)
    assert answer.status_code == status
    assert said in body(answer) and "台账不全。" in body(answer)
