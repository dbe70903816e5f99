"""Rules on who may apply, typed on their card: all of them, one of them, and what would keep everybody out."""

from types import SimpleNamespace
from typing import Any

import pytest

from rounds import actions as setup
from rounds.cards import open_points
from rounds.models import AttachmentRule, EligibilityRule, Round
from rounds.queries import asked_of_applicants
from tests.rounds.test_desk_setup import card, rows
from tests.web.desk_world import body, signed_in

RATED = {"kind": "rating", "number": "3", "effect": "block"}
INSPECTED = {"joined": "or", "kind": "inspected_in_years", "words": "2023、 2024年", "effect": "show"}


def test_a_rule_may_stand_for_the_one_above_it_and_does_what_that_does(desk: SimpleNamespace, preparing: Round) -> None:
    given = rows({"kind": "years", "number": "2", "effect": "show"}, RATED, INSPECTED)
    assert card(signed_in(desk.clerk), preparing, "eligibility", given).status_code == 302
    stored = [(r.joined, r.kind, r.effect) for r in preparing.eligibility_rules.all()]
    assert stored == [
        ("also", "years", "show"),
        ("also", "rating", "block"),
        ("or", "inspected_in_years", "block"),
    ]
    assert asked_of_applicants(preparing).rules == [
        "登记满 2 年",
        "满足其一即可：评估等级 3A 以上且在有效期内；2023、2024 年度年检合格",
    ]


NOBODY: list[tuple[list[dict[str, Any]], str]] = [
    ([{**INSPECTED, "joined": "or"}], "第一条之上没有规则"),
    ([{"kind": "kinds", "options": ["51", "52"], "effect": "block"}, {"kind": "kinds", "options": ["53"], "effect": "block"}],
     "没有一类申报主体同时符合第 1 条和本条"),
    ([{"kind": "kinds", "options": ["51"], "effect": "block"}, {"kind": "kinds", "joined": "or", "options": ["52"], "effect": "block"},
      {"kind": "kinds", "options": ["53"], "effect": "block"}],
     "没有一类申报主体同时符合第 2 条和本条"),
    ([RATED, RATED], "第 2 条与第 1 条相同"),
    ([{"kind": "years", "number": "51", "effect": "show"}], "50"),
    ([{"kind": "inspected_in_years", "words": "近两年", "effect": "show"}], "请按“2023、2024”的写法填写年度"),
    ([{"kind": "inspected_in_years", "words": "2024、2999", "effect": "show"}], "2999 年度尚无年检"),
    ([{"kind": "no_earlier_grant", "effect": "block"}], "请至少勾选一个级别"),
    ([{"kind": "recommended", "effect": "block"}], "请填写“附件与盖章”中该材料的名称"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "sentence"), NOBODY)
def test_what_would_keep_everybody_out_is_told_at_its_field(
    desk: SimpleNamespace,
    preparing: Round,
    given: list[dict[str, Any]],
    sentence: str,
) -> None:
    answer = card(signed_in(desk.clerk), preparing, "eligibility", rows(*given))
    assert answer.status_code == 422
    [table] = answer.context["tables"].values()
    assert [errors["row"] for errors in table.cell_errors] == [len(given) - 1]
    assert sentence in body(answer)
    assert not preparing.eligibility_rules.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([{"kind": "years", "number": 99}], "Rule 1 asks for 99: nobody could apply."),
        ([{"kind": "kinds", "options": ["51"]}, {"kind": "kinds", "options": ["52"]}], "both rule 1 and rule 2"),
        ([{"kind": "recommended", "words": "推荐函"}], "The round asks for no paper “推荐函”. Nobody could apply."),
        ([{"kind": "account", "joined": "or"}], "no rule above the first"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_what_was_stored_by_another_way_keeps_the_call_shut(
    people: SimpleNamespace,
    preparing: Round,
    given: list[dict[str, Any]],
    sentence: str,
) -> None:
    setup.save_card(preparing, "eligibility", by=people.clerk, rows=[{"effect": "block", **row} for row in given])
    assert any(sentence in point for point in open_points(Round.objects.get(pk=preparing.pk), "eligibility"))


def test_kinds_of_which_one_is_left_let_somebody_in(people: SimpleNamespace, preparing: Round) -> None:
    """An alternative that says nothing of kinds opens the group to everybody."""
    given: list[dict[str, Any]] = [
        {"kind": "kinds", "options": ["51", "52"]},
        {"kind": "kinds", "options": ["52", "53"]},
        {"kind": "kinds", "options": ["53"]},
        {"kind": "account", "joined": "or"},
        {"kind": "recommended", "words": "推荐函"},
    ]
    setup.save_card(preparing, "eligibility", by=people.clerk, rows=[{"effect": "block", **row} for row in given])
    AttachmentRule.objects.create(round=preparing, ordinal=1, label="推荐函")
    assert open_points(Round.objects.get(pk=preparing.pk), "eligibility") == []
    assert EligibilityRule.objects.filter(round=preparing).count() == 5
