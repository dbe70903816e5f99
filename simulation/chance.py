"""A story of any size from one seed. Only `random.Random(seed)` decides: same numbers, same story, anywhere."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import yaml

from accounts.models import Role
from rounds.round_format.library import Template
from simulation.codes import credit_code
from simulation.fates import deal
from simulation.from_template import fit, kinds_let_in, moved, rules_of, weeks_longer
from simulation.reference import FIXTURES
from simulation.spec import moment, round_story
from simulation.story import Applicant, BudgetRow, Person, RoundStory, SimulationError, Story, VentureStory

TEMPLATE = Path(FIXTURES) / "random_round.yaml"
PER_ROUND = 40
PANEL = 7
SERIES = {"MN": "模拟创投"}
WANTED = ("需求迫切", "需求明确", "需求一般")
THEMES = ("为老服务", "助残", "青少年", "社区治理", "新居民融入", "楼宇党建", "志愿服务", "红色教育")


def story(ventures: int, reviewers: int, seed: int, template: Template | None = None) -> Story:
    """`ventures` in rounds of at most 40, each with a panel of its own from the `reviewers`; with a `template` all in one
    round that has its rules."""
    if ventures < 1:
        raise SimulationError("ventures < 1")
    if reviewers < 3:
        raise SimulationError("reviewers < 3")
    rng = Random(seed)
    usual = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    places, reported_on = usual.pop("places"), usual.pop("reported_on")
    experts = [
        Person(f"sim-expert-{n:03d}", f"模拟评审专家{n:03d}", Role.EXPERT, "模拟评审单位")
        for n in range(1, reviewers + 1)
    ]
    kinds = kinds_let_in(template) if template else None
    numbers = (n for n in count(1) if kinds is None or _kind(n) in kinds)
    applicants = [_applicant(n, places) for n in islice(numbers, ventures)]
    deck = [e.username for e in experts]
    rng.shuffle(deck)
    rounds = []
    for nth, start in enumerate(range(0, ventures, ventures if template else PER_ROUND)):
        size = _odd(min(PANEL, reviewers))
        panel = sorted(deck[(nth * size + k) % reviewers] for k in range(size))
        those = applicants[start:] if template else applicants[start : start + PER_ROUND]
        rounds.append(_round(usual, template, nth + 1, panel, those, places, rng))
    return Story([*_staff(), *experts], applicants, rounds, reported_on, series=SERIES)


def _odd(number: int) -> int:
    return number if number % 2 else number - 1


def _staff() -> list[Person]:
    named = ((Role.MANAGER, "审批负责人"), (Role.CLERK, "初审员"), (Role.FINANCE, "财务"))
    return [Person(f"sim-{role}", f"模拟{name}", role, "模拟单位") for role, name in named]


def _kind(n: int) -> str:
    return ("52", "51", "52", "53")[n % 4]


def _applicant(n: int, places: dict[str, str]) -> Applicant:
    """Made from its number alone, so that another seed in the same database meets the same organizations."""
    code, name = list(places.items())[n % len(places)]
    return Applicant(
        f"sim-applicant-{n:05d}",
        {
            "name": f"模拟社会组织{n:05d}（{name}）",
            "credit_code": credit_code(_kind(n), n),
            "management": ("territorial", "territorial", "sector", "territorial", "fallback")[n % 5],
            "field": ("community", "elderly", "trade", "education", "other")[n % 5],
            "supervising_body": "模拟主管部门" if n % 5 == 2 else "",
            "service": ("public_benefit", "social_work", "other")[n % 3],
            "place": code,
            "founded_on": date(2010 + n % 9, 1 + n % 12, 1 + n % 28),
            "legal_representative": f"模拟负责人{n:05d}",
            "phone": f"0573-8{n:07d}",
            "party_form": ("own", "joint", "none")[n % 3],
            "party_members": (5, 3, 0)[n % 3],
            "bank_name": "模拟银行平湖支行",
            "bank_account": f"62{n:014d}",
        },
        {"platform": f"{name}社会组织孵化平台", "since": date(2018 + n % 4, 1, 1 + n % 28)} if n % 3 else None,
    )


def _round(
    usual: dict[str, Any],
    template: Template | None,
    nth: int,
    panel: list[str],
    applicants: list[Applicant],
    places: dict[str, str],
    rng: Random,
) -> RoundStory:
    weeks = weeks_longer(template) if template else 0
    rules = {**usual, **rules_of(template)} if template else usual
    rules["calendar"], rules["event"] = moved(usual["calendar"], weeks), dict(usual["event"])
    for name in ("planned_at", "starts_at", "ends_at"):
        rules["event"][name] = moment(rules["event"][name]) + 2 * timedelta(weeks=weeks)
    made = round_story({**rules, "edition": nth, "panel": panel, "ventures": [], "until": "end"})
    # A second run in the same database takes the next free editions.
    made.key, made.edition = f"MN-{nth}", None
    if template is None:
        made.facts["quota"] = max(1, len(applicants) * 6 // 10)
        made.facts["budget"] = max(Decimal(26000 * made.facts["quota"]), made.facts["cap"])
    codes = list(places)
    made.ventures = [_venture(n, a, made, codes, rng) for n, a in enumerate(applicants, start=1)]
    if template is not None:
        fit(made, weeks, rng)
    deal(made, rng, nth)
    return made


def _venture(n: int, applicant: Applicant, made: RoundStory, places: list[str], rng: Random) -> VentureStory:
    theme = rng.choice(THEMES)
    place = places[rng.randrange(len(places))]
    sessions = rng.randint(3, 6)
    requested = rng.randrange(12000, max(int(made.facts["cap"]), 12000) + 1, 500)
    year = made.calendar.on("opens_at").year
    beneficiaries = rng.randint(40, 600)
    attendance = beneficiaries * rng.randint(2, 5)
    serial = applicant.username.rsplit("-", 1)[1]
    return VentureStory(
        title=f"模拟项目{serial}——{theme}服务",
        applicant=applicant.username,
        category=theme,
        place=place,
        leader=f"模拟项目负责人{serial}",
        phone=str(applicant.facts["phone"]),
        starts_on=date(year, 4, 15),
        ends_on=date(year, 10, 31),
        beneficiaries=beneficiaries,
        sessions_planned=sessions,
        attendance_planned=attendance,
        budget=budget(requested, sessions, rng),
        narrative={name: f"{text}（模拟数据）" for name, text in _narrative(theme, sessions, rng).items()},
        topics=[f"{theme}活动", f"{theme}培训", f"{theme}走访"],
        sessions_held=max(2, sessions + rng.randint(-1, 1)),
        attendance=attendance + rng.randint(-40, 60),
        volunteers=sessions * rng.randint(2, 8),
        satisfaction=Decimal(rng.randint(820, 995)) / 10,
        final_score=Decimal(rng.randint(125, 196)) / 2,
    )


def _narrative(theme: str, sessions: int, rng: Random) -> dict[str, str]:
    return {
        "summary": f"开展{theme}服务 {sessions} 场。",
        "needs": f"经走访，{theme}{rng.choice(WANTED)}。",
        "goals": f"完成 {sessions} 场活动，满意度 90% 以上。",
        "plan": "四月启动，七月中期自评，十月总结。",
        "sustainability": "培育本地志愿者，项目结束后继续开展。",
        "party_building": "党员志愿者带头参与。",
        "outcomes": "形成稳定的服务队伍。",
    }


def budget(requested: int, sessions: int, rng: Random) -> list[BudgetRow]:
    """Lines that keep the template's rules: personnel ≤ 30 %, management ≤ 10 %, self-raised ≥ 10 % of the total."""
    months = 6
    personnel = requested * rng.randint(15, 28) // 100 // months * months
    management = requested * rng.randint(2, 9) // 100
    materials = requested * rng.randint(10, 25) // 100
    own = requested * rng.randint(12, 25) // 100
    activity = requested - personnel - management - materials
    own += -(activity + own) % sessions  # so that the price of one session is a whole number
    return [
        BudgetRow("活动费用", "活动场地、讲师和物料", Decimal((activity + own) // sessions), Decimal(sessions), "场", Decimal(activity)),
        BudgetRow("人员费用", "项目社工补贴", Decimal(personnel // months), Decimal(months), "月", Decimal(personnel)),
        BudgetRow("物资费用", "服务物资", Decimal(materials), Decimal(1), "批", Decimal(materials)),
        BudgetRow("管理费", "管理费", Decimal(management), Decimal(1), "项", Decimal(management)),
    ]  # fmt: skip
