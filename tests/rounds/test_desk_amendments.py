"""The page on which an open round is amended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.clock import now
from common.work import outbox
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import OFFICE, a_round
from tests.web.desk_world import body, planted, signed_in
from ventures.states import State

pytestmark = pytest.mark.usefixtures("in_march")


def amendment(round_: Round, **changes: str) -> dict[str, Any]:
    closes = round_.closes_at + timedelta(days=7)
    return {
        "closes_on": f"{closes:%Y-%m-%d}", "closes_clock": f"{closes.astimezone(now().tzinfo):%H:%M}", "budget": str(round_.budget), "quota": str(round_.quota),
        "correction_days": "5", "notice_days": "5", **OFFICE, "introduction": "", "text": "暴雨停课,征集延长一周。", **changes,
    }  # fmt: skip


def test_an_amendment_is_shown_before_it_is_published_and_everybody_reads_it(desk):
    planted(desk, State.DRAFT)
    manager = signed_in(desk.manager)
    url = reverse("desk_round_amend", args=[desk.round.pk])
    looked = manager.post(url, amendment(desk.round, quota="120"))
    page = body(looked)
    assert looked.status_code == 200 and "修改后" in page and "发布修改公告" in page
    assert not desk.round.amendments.exists()
    assert manager.post(url, {**amendment(desk.round, quota="120"), "publish": "1"}).status_code == 302
    desk.round.refresh_from_db()
    assert desk.round.quota == 120
    public = body(Client().get(reverse("round", args=[desk.round.pk])))
    assert "暴雨停课,征集延长一周。" in public and "修改前" in public
    outbox.drain()
    applicant = signed_in(desk.applicant)
    assert "暴雨停课" in body(applicant.get(reverse("my_notifications")))
    assert "暴雨停课" in body(manager.get(reverse("desk_round", args=[desk.round.pk])))


def test_a_refused_amendment_is_told_at_its_field(desk):
    manager = signed_in(desk.manager)
    url = reverse("desk_round_amend", args=[desk.round.pk])
    answer = manager.post(url, {**amendment(desk.round, budget="400000"), "publish": "1"})
    assert answer.status_code == 422 and "只能调高" in body(answer)
    assert signed_in(desk.clerk).get(url).status_code == 403
    assert manager.get(reverse("desk_round_amend", args=[a_round(RoundState.PREPARING).pk])).status_code == 409
