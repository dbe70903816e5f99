"""Who gets what, down the list: `manage.py select_ventures`, beside a reference that is written apart."""

import io
import json
import random
import sys
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from reviews.selection import by_list
from reviews.selection.model import Problem, Track, Venture
from reviews.selection.words import sentence
from tests.reviews.selection_by_hand import a_problem, by_hand


@pytest.fixture(autouse=True)
def in_chinese() -> Any:
    with translation.override("zh-hans"):
        yield


def selected(problem: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    given = problem if isinstance(problem, str) else json.dumps(problem, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    out = io.StringIO()
    call_command("select_ventures", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_600_rounds_are_selected_as_by_hand(monkeypatch):
    chance, ties, full = random.Random(20150818), 0, 0
    for __ in range(600):
        problem = a_problem(chance)
        found, expected = selected(problem, monkeypatch), by_hand(problem)
        reasons, ids = found.pop("reasons"), {v["id"] for v in problem["ventures"]}
        assert found | {"short": [name for name in reasons if name not in ids]} == expected, json.dumps(problem)
        decided = [i for i, __ in found["proposed"]] + found["reserve"] + found["declined"] + found.get("tied", [])
        assert set(decided) == {i for i in reasons if i in ids} and len(decided) == len(set(decided))
        ties += found["status"] == "tie"
        full += sum("继续往下选" in words for words in reasons.values())
    assert 100 < ties < 400 and full > 50


# --- Typed by hand ----------------------------------------------------------------------------------------------------------


def a_track(name: str = "a", **said: Any) -> dict[str, Any]:
    usual = {"budget": None, "min_places": 0, "max_places": None, "pass_mark": None, "cap": None, "prizes": []}
    return {"id": name} | usual | said


def ventures(*rows: str) -> list[dict[str, Any]]:
    """Each "id track score ask", and what it is more as key=value."""
    found = []
    for row in rows:
        name, track, score, ask, *more = row.split()
        labels = dict(part.split("=") for part in more)
        found.append({"id": name, "track": track, "score": score, "ask": ask} | labels)
    return found


def a_round(*rows: str, tracks: Any = None, budget: str = "1000", **said: Any) -> dict[str, Any]:
    return {"rule": "list", "budget": budget, "tracks": tracks or [a_track()], "ventures": ventures(*rows)} | said


def test_the_example_of_the_format(monkeypatch):
    problem = {
        "rule": "list", "budget": "212000", "min_grant": "0",
        "tracks": [
            {"id": "a", "budget": None, "min_places": 0, "max_places": 1, "pass_mark": "60", "cap": "60000", "prizes": []}
        ],
        "categories": [{"id": "c1", "min_places": 0, "max_places": None}],
        "ventures": [
            {"id": "v1", "track": "a", "category": "c1", "organization": "o1", "score": "92", "ask": "53000"}
        ],
        "max_per_organization": 1,
    }  # fmt: skip
    found = selected(problem, monkeypatch)
    assert "53,000.00 元" in found.pop("reasons")["v1"]
    assert found == {
        "status": "optimal", "proposed": [["v1", "53000.00"]], "reserve": [], "declined": [],
        "total": "53000.00", "value": "92.00", "bound": "92.00",
    }  # fmt: skip


SUQIAN = [[8, "8000"], [12, "5000"], [15, "3000"]]  # 宿迁 2015


def test_suqian_gives_amounts_by_rank_to_thirty_five(monkeypatch):
    rows = [f"v{n} a {100 - n} 99999" for n in range(1, 38)]
    found = selected(a_round(*rows, tracks=[a_track(prizes=SUQIAN)], budget="169000"), monkeypatch)
    amounts = [amount for __, amount in found["proposed"]]
    assert amounts == ["8000.00"] * 8 + ["5000.00"] * 12 + ["3000.00"] * 15
    assert (found["total"], found["reserve"]) == ("169000.00", ["v36", "v37"])
    assert "第 9 名" in found["reasons"]["v9"] and "35 个金额已发完" in found["reasons"]["v36"]
    assert "“v36”" in found["reasons"]["v37"]


def test_two_equals_for_the_last_eight_thousand_are_a_tie(monkeypatch):
    rows = [f"v{n} a {100 - n} 1" for n in range(1, 8)] + ["v8 a 90 1", "v9 a 90 1", "v10 a 80 1"]
    found = selected(a_round(*rows, tracks=[a_track(prizes=SUQIAN)], budget="169000"), monkeypatch)
    assert (found["status"], found["tied"], len(found["proposed"])) == ("tie", ["v8", "v9"], 7)
    assert "v10" not in found["reasons"] and found["reserve"] == []


def test_equals_inside_a_prize_are_no_tie_and_two_tiers_of_one_amount_make_no_edge(monkeypatch):
    found = selected(a_round("v1 a 90 1", "v2 a 90 1", tracks=[a_track(prizes=[[1, "8"], [1, "8.00"]])]), monkeypatch)
    assert found["proposed"] == [["v1", "8.00"], ["v2", "8.00"]]


def test_who_is_put_aside_uses_up_no_prize(monkeypatch):
    problem = a_round(
        "v1 a 90 1 organization=o", "v2 a 80 1 organization=o", "v3 a 70 1 organization=p",
        tracks=[a_track(prizes=[[1, "8"], [1, "5"]])], max_per_organization=1,
    )  # fmt: skip
    found = selected(problem, monkeypatch)
    assert (found["proposed"], found["reserve"]) == ([["v1", "8.00"], ["v3", "5.00"]], ["v2"])


def test_shunde_has_two_pools_and_none_ends_the_other(monkeypatch):
    """顺德 2020: A 100万 each, five places; B at most 30万."""
    tracks = [
        a_track("A", budget="5000000", max_places=5, cap="1000000"),
        a_track("B", budget="900000", cap="300000"),
    ]
    problem = a_round(
        *(f"A{n} A {95 - n} 1000000" for n in range(1, 7)), "B1 B 90.5 300000", "B2 B 80 400000", "B3 B 75 290000",
        "B4 B 74 20000", "B5 B 73 10000", tracks=tracks, budget="5900000",
    )  # fmt: skip
    found = selected(problem, monkeypatch)
    assert [i for i, __ in found["proposed"]] == ["A1", "A2", "A3", "A4", "B1", "A5", "B2", "B3"]
    assert dict(found["proposed"])["B2"] == "300000.00"
    assert found["reserve"] == ["A6", "B4", "B5"]  # 10,000 元 are left in B: B5 would fit, but B4 is before it
    assert "5 个名额已满" in found["reasons"]["A6"] and "剩余 10,000.00 元" in found["reasons"]["B4"]


def test_who_the_common_budget_does_not_hold_ends_its_own_track_alone(monkeypatch):
    tracks = [a_track("a"), a_track("b")]
    found = selected(
        a_round("v1 a 90 600", "v2 a 80 500", "v3 b 70 300", "v4 a 60 1", tracks=tracks), monkeypatch
    )  # fmt: skip
    assert ([i for i, __ in found["proposed"]], found["reserve"]) == (["v1", "v3"], ["v2", "v4"])
    assert "共用资金剩余 400.00 元" in found["reasons"]["v2"]


@pytest.mark.parametrize(
    ("budget", "status", "proposed"),
    [("1000", "optimal", ["v2", "v1"]), ("999.99", "tie", []), ("399.99", "optimal", [])],
    ids=["both", "one of them", "none of them"],
)
def test_equals_of_two_tracks_go_in_the_order_of_the_tracks_or_are_a_tie(monkeypatch, budget, status, proposed):
    problem = a_round("v1 b 90 600", "v2 a 90 400", tracks=[a_track("a"), a_track("b")], budget=budget)
    found = selected(problem, monkeypatch)
    assert (found["status"], [i for i, __ in found["proposed"]]) == (status, proposed)
    assert found.get("tied", []) == (["v2", "v1"] if status == "tie" else [])


def test_two_tracks_for_the_last_place_of_a_category_go_in_the_order_of_the_tracks(monkeypatch):
    problem = a_round(
        "v1 b 90 1 category=c", "v2 a 90 1 category=c", tracks=[a_track("a"), a_track("b")],
        categories=[{"id": "c", "max_places": 1}],
    )  # fmt: skip
    found = selected(problem, monkeypatch)
    assert (found["proposed"], found["reserve"]) == ([["v2", "1.00"]], ["v1"])


@pytest.mark.parametrize(
    ("rows", "said", "status"),
    [
        (["v1 a 90 600", "v2 a 90 600"], {}, "tie"),
        (["v1 a 90 1100", "v2 a 90 1000.01"], {}, "optimal"),
        (["v1 a 90 1100", "v2 a 90 1"], {}, "tie"),
        (["v1 a 90 1", "v2 a 90 1"], {"max_per_organization": 1}, "optimal"),
        (["v1 a 90 1 organization=o", "v2 a 90 1 organization=o"], {"max_per_organization": 1}, "tie"),
        (["v1 a 90 1 town=t", "v2 a 90 1 town=t"], {"towns": [{"id": "t", "max_places": 1}]}, "tie"),
        (["v1 a 90 600", "v2 a 90.00 600"], {}, "tie"),
        (["v1 a 90 600", "v2 a 90.000001 600"], {}, "optimal"),
        (["v1 a 90 600", "v2 a 90 600"], {"min_grant": "601"}, "optimal"),
    ],
)
def test_equals_are_a_tie_when_some_and_not_all_of_them_could_be_given_theirs(monkeypatch, rows, said, status):
    assert selected(a_round(*rows, **said), monkeypatch)["status"] == status


def test_below_the_pass_mark_and_the_smallest_grant_is_declined_also_behind_the_end(monkeypatch):
    problem = a_round(
        "v1 a 90 1001", "v2 a 80 99.99", "v3 a 60 100", "v4 a 59.99 100", tracks=[a_track(pass_mark="60")], min_grant="100"
    )  # fmt: skip
    found = selected(problem, monkeypatch)
    assert (found["reserve"], found["declined"]) == (["v1", "v3"], ["v2", "v4"])
    assert "99.99 元" in found["reasons"]["v2"] and "59.99" in found["reasons"]["v4"]


def test_who_is_full_and_too_dear_ends_nothing(monkeypatch):
    problem = a_round(
        "v1 a 90 1 category=c", "v2 a 80 9999 category=c", "v3 a 70 1", categories=[{"id": "c", "max_places": 1}]
    )
    found = selected(problem, monkeypatch)
    assert ([i for i, __ in found["proposed"]], found["reserve"]) == (["v1", "v3"], ["v2"])


def test_least_places_not_met_are_named_and_change_nothing(monkeypatch):
    problem = a_round(
        "v1 a 90 1 category=c town=t",
        tracks=[a_track(min_places=2)],
        categories=[{"id": "c", "min_places": 1}, {"id": "d", "min_places": 3}], towns=[{"id": "t", "min_places": 4}],
    )  # fmt: skip
    found = selected(problem, monkeypatch)
    assert found["status"] == "optimal" and set(found["reasons"]) == {"v1", "tracks.a", "categories.d", "towns.t"}
    assert "立项 1 个，未达到最少 2 个" in found["reasons"]["tracks.a"]


def test_the_choice_of_a_committee_is_told_to_both():
    equals = [
        Venture("v1", "a", Decimal(90), ask=Decimal(600), chosen=Decimal(500)),
        Venture("v2", "a", Decimal(90), ask=Decimal(600)),
    ]
    found = by_list.select(Problem(Decimal(1000), [Track("a")], equals))
    assert (found.proposed, found.reserve) == ({"v1": 500}, ["v2"])
    assert sentence(found.reasons["v1"]) == "资助 500.00 元，由评审委员会议定。"
    assert "90 分" in sentence(found.reasons["v2"]) and "其他项目" in sentence(found.reasons["v2"])


# --- What can not be read ---------------------------------------------------------------------------------------------------


def broken(**said: Any) -> dict[str, Any]:
    return a_round("v1 a 90 1") | said


@pytest.mark.parametrize(
    ("problem", "at"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "对象"),
        (broken(rule="best"), "rule: 规则“best”暂未提供"),
        (broken(rule="lottery"), "rule: “lottery”"),
        (broken(budget=None), "budget: "),
        (broken(budget="-1"), "budget: "),
        (broken(budget="1e400"), "budget: "),
        (broken(budget=True), "budget: "),
        (broken(min_grant="0.001"), "min_grant: "),
        (broken(max_per_organization="1.5"), "max_per_organization: "),
        (broken(quota=3), "quota: "),
        (broken(tracks={}), "tracks: "),
        (broken(tracks=[a_track(), a_track()]), "tracks[1].id"),
        (broken(tracks=[a_track(min_places=3, max_places=2)]), "tracks[0].min_places"),
        (broken(tracks=[a_track(pool="1")]), "tracks[0].pool"),
        (broken(tracks=[a_track(prizes=[[8, "8000"], [0, "5000"]])]), "tracks[0].prizes[1]"),
        (broken(tracks=[a_track(prizes=[["8000"]])]), "tracks[0].prizes[0]"),
        (broken(categories=[{"id": "c"}, {"id": "c"}]), "categories[1].id"),
        (broken(ventures=ventures("v1 a 90 1", "v1 a 80 1")), "ventures[1].id"),
        (broken(ventures=ventures("v1 b 90 1")), "ventures[0].track"),
        (broken(ventures=ventures("v1 a NaN 1")), "ventures[0].score"),
        (broken(ventures=ventures("v1 a 90 1 town=t"), towns=[]), "ventures[0].town"),
        (broken(ventures=[{"id": "v1", "track": "a", "score": "90"}]), "ventures[0].ask"),
        (broken(ventures=[{"id": 1, "track": "a", "score": "90", "ask": "1"}]), "ventures[0].id"),
        (broken(ventures=[{"id": "\ud800", "track": "a", "score": "90", "ask": "1"}]), "ventures[0].id"),
    ],
)
def test_what_can_not_be_read_is_named_where_it_stands(monkeypatch, problem, at):
    given = problem if isinstance(problem, str) else json.dumps(problem)
    with pytest.raises(CommandError) as told:
        selected(given, monkeypatch)
    assert at in str(told.value) and told.value.returncode == 2


def test_all_that_is_wrong_is_told_at_once(monkeypatch):
    with pytest.raises(CommandError) as told:
        selected(broken(rule="best", budget="x", ventures=ventures("v1 b y 1")), monkeypatch)
    assert [line.split(":")[0] for line in str(told.value).splitlines()] == [
        "rule", "budget", "ventures[0].track", "ventures[0].score",
    ]  # fmt: skip
