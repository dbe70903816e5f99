"""Lines of a budget against its rules: `manage.py check_budget`, beside a reference that is written apart."""

import io
import json
import random
import sys
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest
from django.core.management import CommandError, call_command

HEADS = ("expert", "labour", "volunteer", "training", "management", "tax")
NAMES = {
    "labour": "劳务和志愿者补贴", "training": "培训费", "tax": "税费",
}  # fmt: skip


def checked(problem: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    given = problem if isinstance(problem, str) else json.dumps(problem, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    out = io.StringIO()
    call_command("check_budget", stdout=out)
    found: list[dict[str, str]] = json.loads(out.getvalue())["findings"]
    return found


# --- A reference, in decimals, as one would do it by hand ---------------------------------------------------------------


def by_hand(problem: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(rule, over or short, 元) for each broken limit."""
    found = []
    with localcontext() as context:
        context.prec = 60
        for rule in problem["rules"]:
            base = rule.get("base", "total")
            part = "grant" if base == "grant" else "amount"
            own = [line for line in problem["lines"] if line["head"] in rule["heads"]]
            spent = sum(Decimal(line[part]) for line in own)
            whole = sum(
                Decimal(line["amount"]) - Decimal(line["grant"]) if base == "own" else Decimal(line[part])
                for line in problem["lines"]
            )
            beyond = {"max_percent": None, "max_amount": None, "min_percent": None, "min_amount": None}
            if "steps" in rule:
                over = Decimal(0)
                for line in own:
                    left, begun, allowed = Decimal(line["quantity"]), Decimal(0), Decimal(0)
                    for step in rule["steps"]:
                        units = left if "to" not in step else min(left, Decimal(step["to"]) - begun)
                        allowed += units * Decimal(step["price"])
                        left, begun = left - units, Decimal(step.get("to", 0))
                    over += max(Decimal(line[part]) - allowed, Decimal(0))
                if over > 0:
                    found.append((rule["name"], "over", over))
            for limit in beyond:
                if limit not in rule:
                    continue
                value = Decimal(rule[limit])
                allowed = whole * value / 100 if limit.endswith("percent") else value
                missing = allowed - spent if limit.startswith("min") else spent - allowed
                if missing > 0:
                    found.append((rule["name"], "short" if limit.startswith("min") else "over", missing))
        return [(name, kind, f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP)}") for name, kind, amount in found]


def a_problem(chance: random.Random) -> dict[str, Any]:
    def amount(most: int = 9_000) -> str:
        return f"{chance.randrange(most)}.{chance.choice(['00', '50', '33', '05'])}"

    lines = []
    for __ in range(chance.randrange(9)):
        whole = Decimal(amount())
        grant = chance.choice([whole, Decimal(0), (whole / 3).quantize(Decimal("0.01"))])
        quantity = chance.choice(["0", "1", "2", "2.5", "3", "7", "30"])
        lines.append(
            {"head": chance.choice(HEADS), "quantity": quantity, "amount": f"{whole}", "grant": f"{grant}"}
        )  # fmt: skip
    rules = []
    for n in range(chance.randrange(1, 5)):
        heads = chance.sample(HEADS, chance.randrange(1, 4))
        rule: dict[str, Any] = {"name": f"{NAMES.get(heads[0], '其他')}{n}", "heads": heads}
        if chance.random() < 0.8:
            rule["base"] = chance.choice(["total", "grant", "own"])
        low, high = sorted(chance.sample(range(101), 2))
        if chance.random() < 0.5:
            rule["max_percent"] = f"{high}"
        if chance.random() < 0.3:
            rule["min_percent"] = f"{low}"
        if chance.random() < 0.3:
            rule["max_amount"] = chance.choice(["0", amount(20_000)])
        if chance.random() < 0.2 and "max_amount" not in rule:
            rule["min_amount"] = amount(20_000)
        if chance.random() < 0.4 or len(rule) < 4:
            ends = sorted(chance.sample(range(1, 12), chance.randrange(1, 4)))
            steps: list[dict[str, str]] = [{"to": f"{to}", "price": amount(600)} for to in ends]
            if chance.random() < 0.5:
                steps.append({"price": amount(300)})
            rule["steps"] = steps
        rules.append(rule)
    return {"lines": lines, "rules": rules}


def test_300_budgets_are_held_against_their_rules_as_by_hand(monkeypatch):
    chance, broken = random.Random(20201207), 0
    for __ in range(300):
        problem = a_problem(chance)
        found = [
            (f["rule"], kind, f[kind]) for f in checked(problem, monkeypatch) for kind in ("over", "short") if kind in f
        ]
        assert found == by_hand(problem), json.dumps(problem, ensure_ascii=False)
        broken += len(found)
    assert broken > 300


def test_the_expert_is_paid_less_from_the_third_day_on(monkeypatch):
    problem = {
        "lines": [{"head": "expert", "quantity": "3", "unit_price": "800", "amount": "2400", "grant": "2400"}],
        "rules": [
            {"name": "专家费", "heads": ["expert"], "steps": [{"to": "2", "price": "500"}, {"price": "200"}]},
            {"name": "劳务和志愿者补贴", "heads": ["labour", "volunteer"], "base": "total", "max_percent": "50"},
        ],
    }
    (found,) = checked(problem, monkeypatch)
    assert (found["rule"], found["over"]) == ("专家费", "1200.00")
    for said in ("专家费", "2,400.00 元", "1,200.00 元"):
        assert said in found["words"]


def test_what_one_line_leaves_of_its_price_is_not_another_lines(monkeypatch):
    rule = {"name": "培训费", "heads": ["training"], "steps": [{"price": "350"}]}
    lines = [
        {"head": "training", "quantity": "10", "amount": "1000", "grant": "1000"},
        {"head": "training", "quantity": "1", "amount": "400", "grant": "400"},
    ]
    (found,) = checked({"lines": lines, "rules": [rule]}, monkeypatch)
    assert found["over"] == "50.00"


def test_a_share_is_compared_exactly_and_said_on_its_side_of_the_limit(monkeypatch):
    def of(amount: str) -> Any:
        lines = [
            {"head": "management", "amount": amount, "grant": amount},
            {"head": "expert", "amount": f"{50_000 - Decimal(amount)}", "grant": "0"},
        ]
        rule = {"name": "管理费", "heads": ["management"], "max_percent": "10"}
        return checked({"lines": lines, "rules": [rule]}, monkeypatch)

    assert of("5000") == []
    assert "10.00002%" in of("5000.01")[0]["words"] and of("5000.01")[0]["over"] == "0.01"


def test_a_barred_head_is_said_to_be_barred(monkeypatch):
    rule = {"name": "礼品", "heads": ["gift"], "max_amount": "0"}
    (found,) = checked({"lines": [{"head": "gift", "amount": "88", "grant": "0"}], "rules": [rule]}, monkeypatch)
    assert found["over"] == "88.00" and "不得列支" in found["words"]


@pytest.mark.parametrize(
    ("problem", "at"),
    [
        ("{", "JSON"),
        ([], "lines"),
        ({"lines": [{"head": "a", "amount": "-1"}], "rules": []}, "lines[0].amount"),
        ({"lines": [{"head": "a", "amount": "1e400"}], "rules": []}, "lines[0].amount"),
        ({"lines": [{"head": "a", "amount": "NaN"}], "rules": []}, "lines[0].amount"),
        ({"lines": [{"head": "a", "amount": "1", "grant": "2"}], "rules": []}, "lines[0].grant"),
        ({"lines": [{"head": "a"}], "rules": []}, "lines[0].amount"),
        ({"lines": [], "rules": [{"name": "x", "heads": ["a"]}]}, "rules[0]"),
        ({"lines": [], "rules": [{"name": "x", "heads": [], "max_amount": "1"}]}, "rules[0].heads"),
        ({"lines": [], "rules": [{"name": "x", "heads": ["a"], "max_percent": "101"}]}, "rules[0].max_percent"),
        ({"lines": [], "rules": [{"name": "x", "heads": ["a"], "base": "all", "max_amount": "1"}]}, "rules[0].base"),
        ({"lines": [], "rules": [{"name": "x", "heads": ["a"], "max": "1"}]}, "rules[0].max"),
        (
            {"lines": [], "rules": [{"name": "x", "heads": ["a"], "steps": [{"price": "1"}, {"to": "2", "price": "1"}]}]},
            "rules[0].steps[0].to",
        ),
        (
            {"lines": [], "rules": [{"name": "x", "heads": ["a"], "min_amount": "5", "max_amount": "4"}]},
            "rules[0].min_amount",
        ),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_named_where_it_stands(monkeypatch, problem, at):
    with pytest.raises(CommandError) as told:
        checked(problem, monkeypatch)
    assert at in str(told.value) and told.value.returncode == 2
