"""A story from YAML. In a file with relative days, calendar values are days from `base`: -10, or "-10 14:30"."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.timezone import make_aware

from simulation.story import (
    Applicant,
    BudgetRow,
    Calendar,
    EventStory,
    ExhibitStory,
    MidtermStory,
    ObjectionStory,
    Person,
    RecusalStory,
    RoundStory,
    SimulationError,
    Story,
    TerminationStory,
    VentureStory,
)

RELATIVE = re.compile(r"^([+-]?\d+)(?: (\d\d:\d\d))?$")
OFFICE_OPENS = time(9)
TABLES = {
    "team": ("name", "education", "qualification", "part"),
    "indicators": ("label", "target", "unit", "evidence"),
    "schedule": ("starts_on", "ends_on", "activity", "detail", "place", "sessions", "attendance", "responsible"),
}
DECIMALS = (
    "budget",
    "cap",
    "min_grant",
    "min_self_raised",
    "pass_mark",
)
# What a round never takes over from the one that it is like.
OWN = ("year", "fund_sources", "calendar", "phases", "panel", "ventures", "event", "until")
RULES = (
    "categories", "check_items", "rubric", "grades", "budget_heads", "budget_rules", "tranches", "fund_sources", "form",
    "calendar", "phases", "panel", "ventures", "event",
)  # fmt: skip


def read(path: Path, base: date | None = None) -> Story:
    """The story in the file; `base` is the day 0 of relative days. Raises SimulationError naming what is wrong."""
    try:
        data = _extended(yaml.safe_load(path.read_text(encoding="utf-8")), path.parent)
    except (OSError, yaml.YAMLError, KeyError) as e:
        raise SimulationError(f"{path}: {e}") from e
    if not isinstance(data, dict) or not isinstance(data.get("rounds"), list):
        raise SimulationError(f"{path}: rounds?")
    try:
        return Story(
            people=[Person(**p) for p in data.get("accounts", [])],
            applicants=[_applicant(o) for o in data.get("organizations", [])],
            rounds=[round_story(r, base) for r in data["rounds"]],
            reported_on=moment(data["reported_on"], base).date(),
            password=data.get("password"),
            is_demo=data.get("is_demo", True),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as e:
        raise SimulationError(f"{path}: {type(e).__name__} {e}") from e


def _extended(data: Any, folder: Path) -> Any:
    """`extends: file` takes that file's people; a round with `like: HC-1` takes the rules of that file's round;
    where `ventures` are to stand, a name of a file stands for those in it."""
    if not isinstance(data, dict) or "extends" not in data:
        return data
    other = yaml.safe_load((folder / data["extends"]).read_text(encoding="utf-8"))
    models = {f"{r['series']}-{r['edition']}": r for r in other["rounds"]}
    rounds = []
    for round_ in data["rounds"]:
        model = models[round_["like"]] if "like" in round_ else {}
        rules = {k: v for k, v in model.items() if k not in OWN}
        own = {k: v for k, v in round_.items() if k != "like"}
        own["ventures"] = [v for given in own.get("ventures", []) for v in _ventures(given, folder)]
        rounds.append({**rules, **own})
    inherited = {k: other[k] for k in ("accounts", "organizations", "password", "is_demo") if k in other}
    return {**inherited, **data, "rounds": rounds}


def _ventures(given: Any, folder: Path) -> list[Any]:
    if not isinstance(given, str):
        return [given]
    return list(yaml.safe_load((folder / given).read_text(encoding="utf-8")))


def _applicant(data: dict[str, Any]) -> Applicant:
    facts = {k: v for k, v in data.items() if k not in {"applicant", "incubated"}}
    return Applicant(username=data["applicant"], facts=facts, incubated=data.get("incubated"))


def round_story(data: Mapping[str, Any], base: date | None = None) -> RoundStory:
    facts = {k: v for k, v in data.items() if k not in {*RULES, "series", "edition", "until"}}
    facts.update({k: Decimal(facts[k]) for k in DECIMALS if k in facts})
    if base is not None:
        facts.setdefault("year", moment(data["calendar"]["opens_at"], base).year)
    calendar, event = dict(data["calendar"]), data.get("event")
    if event:
        calendar.update(
            event_planned_at=event["planned_at"], event_starts_at=event["starts_at"], event_ends_at=event["ends_at"]
        )
    ventures = [venture_story(v, base) for v in data.get("ventures", [])]
    return RoundStory(
        key=f"{data['series']}-{data['edition']}",
        series=data["series"],
        edition=data["edition"],
        facts=facts,
        categories=list(data["categories"]),
        check_items=list(data["check_items"]),
        rubric=list(data["rubric"]),
        grades=list(data["grades"]),
        budget_heads=list(data["budget_heads"]),
        budget_rules=list(data["budget_rules"]),
        tranches=list(data["tranches"]),
        fund_sources=list(data.get("fund_sources", [])),
        phases=[_phase(p, base) for p in data.get("phases", [])],
        form=dict(data.get("form", {})),
        calendar=Calendar({name: moment(value, base) for name, value in calendar.items()}),
        panel=list(data.get("panel", [])),
        ventures=ventures,
        event=_event(event) if event else None,
        until=data.get("until", "end" if ventures else "preparing"),
    )


def _phase(data: Mapping[str, Any], base: date | None) -> dict[str, Any]:
    return {**data, **{name: moment(data[name], base).date() for name in ("starts_on", "ends_on") if name in data}}


def _event(data: Mapping[str, Any]) -> EventStory:
    return EventStory(**{k: v for k, v in data.items() if k not in {"planned_at", "starts_at", "ends_at"}})


def venture_story(data: Mapping[str, Any], base: date | None = None) -> VentureStory:
    facts = dict(data)
    for name in ("starts_on", "ends_on"):
        facts[name] = moment(facts[name], base).date()
    facts["budget"] = [
        BudgetRow(head, detail, Decimal(price), Decimal(quantity), unit, Decimal(grant), *basis)
        for head, detail, price, quantity, unit, grant, *basis in facts["budget"]
    ]
    tables = {name: facts.pop(name) for name in TABLES if name in facts}
    facts["tables"] = {name: [_row(name, row, base) for row in rows] for name, rows in tables.items()}
    facts["moments"] = {name: moment(value, base) for name, value in facts.get("moments", {}).items()}
    facts["scores"] = {e: [Decimal(str(p)) for p in row] for e, row in facts.get("scores", {}).items()}
    for name in ("awarded", "satisfaction", "spend_percent", "final_score"):
        if name in facts:
            facts[name] = Decimal(facts[name])
    for name in ("recused", "recused_during"):
        facts[name] = [RecusalStory(**r) for r in facts.get(name, [])]
    made: tuple[tuple[str, Any], ...] = (
        ("objection", ObjectionStory),
        ("midterm", MidtermStory),
        ("terminated", TerminationStory),
        ("exhibit", ExhibitStory),
    )
    for name, kind in made:
        if facts.get(name):
            facts[name] = kind(**facts[name])
    return VentureStory(**facts)


def _row(table: str, cells: list[Any], base: date | None) -> dict[str, Any]:
    """A row of a table of the application: its cells in the order of TABLES."""
    row = dict(zip(TABLES[table], cells, strict=True))
    if table == "indicators":
        row["target"] = Decimal(row["target"])
    for name in row.keys() & {"starts_on", "ends_on"}:
        row[name] = moment(row[name], base).date()
    return row


def moment(value: Any, base: date | None = None) -> datetime:
    """A date (09:00), "2020-12-07 13:30", or days from `base`, in Asia/Shanghai."""
    relative = RELATIVE.match(str(value))
    if base is not None and relative:
        clock = time.fromisoformat(relative[2]) if relative[2] else OFFICE_OPENS
        return make_aware(datetime.combine(base + timedelta(int(relative[1])), clock))
    if isinstance(value, date) and not isinstance(value, datetime):
        return make_aware(datetime.combine(value, OFFICE_OPENS))
    parsed = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return make_aware(parsed) if parsed.tzinfo is None else parsed
