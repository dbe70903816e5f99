"""The card of the budget heads and rules."""

from typing import Any

import pytest
from django.utils import translation

from rounds.cards import open_points
from rounds.models import BudgetHead, BudgetRule
from tests.factories import a_round
from tests.rounds.test_desk_setup import card, rows
from tests.web.desk_world import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def test_the_clerks_card_takes_what_people_write_and_refuses_what_can_not_be(desk, preparing) -> None:
    """Each at its cell, with the numbers."""
    clerk = signed_in(desk.clerk)
    heads = rows({"name": "专家费"}, {"name": "管理费"})

    def sent(**rule: str) -> Any:
        return card(clerk, preparing, "budget", heads | rows({"base": "total", **rule}, prefix="rule"))

    for rule, said in (
        ({"heads": "专家", "most": "10%"}, "“专家”不是本届的预算科目"),
        ({"heads": "专家费"}, "这条规则没有限制任何内容"),
        ({"heads": "专家费", "most": "10"}, "请把“10”写成 10% 或 5000 元"),
        ({"heads": "专家费", "most": "101%"}, "100"),
        ({"heads": "专家费", "most": "10%", "least": "20%"}, "20%"),
        ({"heads": "专家费", "most": "1,000元", "least": "5000 元"}, "5,000.00 元"),
        ({"heads": "专家费", "steps": "500、200"}, "第 1 档 500 元没有写适用几个"),
        ({"heads": "专家费", "steps": "五百"}, "请把“五百”写成 500"),
    ):
        page = sent(**rule)
        assert page.status_code == 422
        assert said in page.content.decode(), rule
    assert not preparing.budget_rules.exclude(heads=["管理费"]).exists()
    assert (
        sent(heads="专家费，管理费", name="合计", most="１０％、5000元", steps="500×2, 300x3、200").status_code == 302
    )
    (rule,) = preparing.budget_rules.all()
    assert (rule.heads, rule.max_percent, rule.max_amount) == (["专家费", "管理费"], 10, 5000)
    assert rule.steps == [{"price": "500", "to": "2"}, {"price": "300", "to": "5"}, {"price": "200"}]
    page = card(clerk, preparing, "budget").content.decode()
    assert 'value="500×2、300×3、200"' in page and 'value="10%、5000 元"' in page


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([{"heads": ["专家费", "管理费"], "max_amount": 0}], "所有科目都不得列支"),
        (
            [{"heads": ["专家费"], "min_percent": 60}, {"heads": ["管理费"], "min_percent": 50}],
            "“专家费”、“管理费”的下限合计为申请资助金额的 110%，超过 100%",
        ),
        (
            [{"heads": ["专家费"], "max_percent": 60}, {"heads": ["管理费"], "max_percent": 30}],
            "“专家费”、“管理费”的上限合计仅为申请资助金额的 90%",
        ),
        ([{"heads": ["专家费"], "max_percent": 60}] * 2, "有 2 条规则都叫“专家费”"),
        ([{"heads": ["差旅费"], "max_percent": 60}], "“差旅费”不是本届的预算科目"),
    ],
)
def test_rules_that_nobody_could_keep_hold_the_call(rules: list[dict[str, Any]], said: str) -> None:
    round_ = a_round("preparing", rules=False)
    round_.budget_heads.all().delete()
    BudgetHead.objects.bulk_create(
        BudgetHead(round=round_, ordinal=n, name=x) for n, x in enumerate(("专家费", "管理费"), 1)
    )
    for n, rule in enumerate(rules, 1):
        BudgetRule.objects.create(round=round_, ordinal=n, **rule)
    with translation.override("zh-hans"):
        assert said in "".join(open_points(round_, "budget"))
