"""A round's template (`rounds.round_format`) as the play needs it: its rules, and ventures that can keep them."""

import math
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from rounds.budget.checking import Line, Rule
from rounds.budget.terms import Terms
from rounds.models import BudgetRule, Question
from rounds.round_format.library import Template
from rounds.round_format.reading import read
from simulation.spec import moment
from simulation.story import BudgetRow, RoundStory, SimulationError

# In `random_round.yaml` from here on a notice is over, and the notice of reserves that moved up.
AFTER_THE_NOTICE, AFTER_THE_SECOND = "awarded_on", "second_awarded_on"


def rules_of(template: Template) -> dict[str, Any]:
    """What `simulation.spec.round_story` takes beside people and days."""
    rules = read(template.content)
    tables = {related: rows for card in rules.tables.values() for related, rows in card.items()}
    facts = {name: value for card in rules.facts.values() for name, value in card.items()}
    asked: dict[str, list[dict[str, Any]]] = {}
    for question in rules.questions:
        asked.setdefault(question["section"], []).append({k: v for k, v in question.items() if k != "section"})
    sections = [
        {
            **section,
            "slug": section["slug"] or f"own-{n}",
            "questions": asked.get(section["slug"] or section["title"], []),
        }
        for n, section in enumerate(tables["form_sections"], 1)
    ]
    form = {
        "sections": sections, "places": [], "papers": tables["attachment_rules"],
        "eligibility": tables["eligibility_rules"],
    }  # fmt: skip
    return facts | {
        "form": form,
        "categories": [row["name"] for row in tables["categories"]],
        "check_items": [row["label"] for row in tables["check_items"]],
        "rubric": tables["rubric"],
        "grades": tables["grade_bands"],
        "budget_heads": tables["budget_heads"],
        "budget_rules": tables["budget_rules"],
        "tranches": tables["tranche_rules"],
        "fund_sources": tables["fund_sources"],
    }


def weeks_longer(template: Template) -> int:
    """How many weeks its notice takes longer than the five working days that the play's calendar has room for."""
    days = int(template.content["cards"]["calendar"]["notice_days"])
    if template.content["cards"]["calendar"].get("notice_day_kind", "working") == "working":
        days = math.ceil(days * 7 / 5)
    return max(0, math.ceil((days - 7) / 7))


def moved(calendar: Mapping[str, Any], weeks: int) -> dict[str, Any]:
    """The play's days with so many weeks more for each of the two notices."""
    at = {name: moment(value) for name, value in calendar.items()}
    turns = (at[AFTER_THE_NOTICE], at[AFTER_THE_SECOND])
    return {name: value + timedelta(weeks=weeks) * sum(value >= turn for turn in turns) for name, value in at.items()}


def kinds_let_in(template: Template) -> frozenset[str] | None:
    """Of applicants, by the rules of the template; None: everybody."""
    rules = template.content["cards"]["eligibility"]["eligibility_rules"]
    named = [frozenset(rule["options"]) for rule in rules if rule["kind"] == "kinds"]
    return frozenset.intersection(*named) if named else None


def fit(story: RoundStory, weeks: int, rng: Random) -> None:
    """Give the ventures of a round what its rules ask for."""
    answers, papers = _answers(story), [p["label"] for p in story.form["papers"] if p["required"]]
    for venture in story.ventures:
        venture.category = rng.choice(story.categories)
        venture.budget = budget(requested(story.facts, rng), story, rng)
        venture.answers, venture.papers = dict(answers), list(papers)
        venture.starts_on += 2 * timedelta(weeks=weeks)
        venture.ends_on += 2 * timedelta(weeks=weeks)


def _answers(story: RoundStory) -> dict[str, Any]:
    """To what has to be answered, by the label of the question."""
    asked = [question for section in story.form["sections"] for question in section["questions"]]
    return {q["label"]: _answer(q) for q in asked if q.get("required")}


def _answer(asked: Mapping[str, Any]) -> Any:
    """One that decides something where its kind has such, else a number, which every kind of field takes."""
    question = Question(**{name: value for name, value in asked.items() if name in {"kind", "label", "options"}})
    deciding = question.of_kind.deciding(question)
    return deciding[0] if deciding else "3"


def requested(facts: Mapping[str, Any], rng: Random) -> Decimal:
    """元: one of the tiers, or whole hundreds between the smallest grant and the cap."""
    if tiers := facts.get("grant_tiers"):
        return Decimal(rng.choice(tiers))
    least, most = int(facts["min_grant"]), int(facts["cap"])
    return Decimal(rng.randrange(max(least, most * 4 // 10) // 100 * 100, most + 1, 100))


def budget(grant: Decimal, story: RoundStory, rng: Random) -> list[BudgetRow]:
    """Lines for `grant` (元) and what the round wants of own money, which keep the rules of the round: of each
    limited head half of what it may have, the rest on a head without a limit.

    Raises SimulationError when this way does not lead to a budget that keeps them.
    """
    rules = [BudgetRule(**row).pure for row in story.budget_rules]
    heads = [str(head["name"]) for head in story.budget_heads]
    limited = {head for rule in rules for head in rule.heads if _has_a_most(rule)}
    free = [head for head in heads if head not in limited]
    if not free:
        raise SimulationError(f"{story.key}: no head without a limit")
    own_percent = Decimal(story.facts["min_self_raised"])
    own = Decimal(math.ceil(grant * own_percent / (100 - own_percent) / 100) * 100)
    lines: dict[str, Decimal] = {}
    for rule in rules:
        for head in sorted(rule.heads):
            if (share := _share(rule, grant) / len(rule.heads)) >= 1 and head not in lines:
                lines[head] = Decimal(int(share))
    rest = grant - sum(lines.values())
    lines[rng.choice(free)] = rest
    main = max(lines, key=lambda head: lines[head])
    rows = [
        BudgetRow(head, f"{head}（模拟）", amount + (own if head == main else 0), Decimal(1), "项", amount)
        for head, amount in lines.items()
    ]
    problems = Terms(tuple(heads), tuple(rules)).problems(
        [Line(r.head, r.quantity, r.amount, r.from_grant) for r in rows]
    )
    if problems:
        raise SimulationError(f"{story.key}: {' '.join(problems)}")
    return rows


def _has_a_most(rule: Rule) -> bool:
    return bool(rule.steps) or rule.max_percent is not None or rule.max_amount is not None


def _share(rule: Rule, grant: Decimal) -> Decimal:
    """元 for all heads of the rule: half of its most, or its least and a little more."""
    if rule.max_amount == 0:
        return Decimal(0)
    mosts = [grant * rule.max_percent / 200] if rule.max_percent is not None else []
    mosts += [rule.max_amount / 2] if rule.max_amount is not None else []
    mosts += [rule.steps[0].price] if rule.steps else []
    leasts = [grant * rule.min_percent / 100 * 2] if rule.min_percent is not None else []
    leasts += [rule.min_amount] if rule.min_amount is not None else []
    if leasts:
        return max(leasts)
    return min(mosts) if mosts else Decimal(0)
