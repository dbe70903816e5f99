"""The public notice as a bureau's paper: what stands on it, and what must not."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Role
from common.clock import at
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture, moment
from tests.house.reading import read
from ventures.actions import publish
from ventures.notices.forms import PublishForm, RulingForm
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_a_notice_is_the_paper_of_a_bureau(client):
    """Title, last day, where to object and where to complain; whose it is and of which day, a few minutes after midnight too."""
    with at(moment("2020-06-01 00:05")):
        round_ = a_round(RoundState.IN_REVIEW)
        a_venture(State.PROPOSED, round=round_)
        notice = publish(round_, by=a_user(Role.MANAGER))
        paper = list(read(client.get(reverse("notice", args=[notice.pk])).content.decode()))
    assert f"关于{round_.title}拟立项项目的公示" in paper
    assert any("2020年6月5日（周五） 24:00 前提出，逾期不予受理" in text for text in paper)
    assert {
        "联系方式：社会组织管理科 0573-85000000", "地址：平湖市当湖街道胜利路 1 号", "电子邮箱：gongshi@pinghu.example",
        "监督电话：0573-85000001",
    } <= set(paper)  # fmt: skip
    assert notice.opens_on == localdate(notice.published_at)
    assert paper[paper.index("2020年6月1日") - 1] == "平湖市民政局", (
        "signed on the day on which it opens, without the weekday"
    )


@pytest.mark.parametrize("typed", ["电话 13800138000。", "致电１３８ ００１３ ８０００", "138-0013-8000"])
def test_nobodys_own_phone_is_published(typed):
    for form in (PublishForm({"text": typed}), RulingForm({"ruling": typed})):
        assert "个人手机号码" in str(form.errors)
    assert not RulingForm({"ruling": "经核实，0573-85000000 为办公电话，凭证号 20200601380013800012。"}).errors
