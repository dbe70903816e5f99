"""What happens to the ventures of a random round: shares of everything that can happen, dealt out by the seed."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from simulation.story import (
    ExhibitStory,
    MidtermStory,
    ObjectionStory,
    RecusalStory,
    RoundStory,
    TerminationStory,
    VentureStory,
)

HALF = Decimal("0.5")
REASONS = ("employed", "board", "relative", "same_unit", "worked_on_it", "other")
FORMS = ("talk", "board", "film", "stall")
ENDS = ("in_delivery", "rectifying", "in_evaluation", "awarded")
RULINGS = {
    "upheld": "经核查，同一内容已获其他资金资助，异议成立。",
    "dismissed": "经核查，反映的情况不属实，异议不成立。",
}


def deal(story: RoundStory, rng: Random, turn: int) -> None:
    """Give each venture of the round its scores and its fate; `turn` is the number of the round in the play."""
    ventures = story.ventures
    quality = {v.applicant: min(0.97, max(0.35, rng.gauss(0.74, 0.10))) for v in ventures}
    mood = {expert: rng.uniform(-0.05, 0.05) for expert in story.panel}
    for venture in ventures:
        venture.scores = {e: _row(quality[venture.applicant] + mood[e], story.rubric, rng) for e in story.panel}
    staying = _before_review(ventures, rng)
    _recusals(staying, story.panel, rng)
    _ties(staying, rng)
    # Fates of the funded go to the better half: they are the ones that will be funded.
    best = sorted(staying, key=lambda v: (-quality[v.applicant], v.applicant))[: len(staying) // 2]
    _after_selection(best, rng, turn)


def _row(level: float, rubric: Sequence[dict[str, int]], rng: Random) -> list[Decimal]:
    """Points for each criterion, 0 … weight, in steps of 0.5."""
    shares = (min(1.0, max(0.2, level + rng.uniform(-0.1, 0.1))) for _ in rubric)
    return [HALF * round(item["weight"] * share * 2) for item, share in zip(rubric, shares, strict=True)]


def _some(pool: list[VentureStory], percent: int, rng: Random, *, least_of: int = 10) -> list[VentureStory]:
    """Take a share of the pool out of it: at least one when the pool has `least_of` or more."""
    count = max(len(pool) * percent // 100, 1 if len(pool) >= least_of else 0)
    taken = rng.sample(pool, min(count, len(pool)))
    for venture in taken:
        pool.remove(venture)
    return taken


def _before_review(ventures: Sequence[VentureStory], rng: Random) -> list[VentureStory]:
    """Late, refused, returned, withdrawn; returns those that come to the panel."""
    pool, gone = list(ventures), set()
    for venture in _some(pool, 5, rng):
        venture.late = True
        gone.add(venture.applicant)
    for venture in _some(pool, 5, rng):
        venture.refused = "上年度年检不合格，不符合申报条件。"
        gone.add(venture.applicant)
    for venture in _some(pool, 4, rng):
        venture.returned, venture.corrected = "预算表缺少计算依据，请补正。", False
        gone.add(venture.applicant)
    for venture in _some(pool, 12, rng):
        venture.returned = "实施进度与活动场次不一致，请补正。"
    for venture in _some(pool, 4, rng):
        venture.withdrawn = True
    return [v for v in ventures if v.applicant not in gone]


def _recusals(ventures: Sequence[VentureStory], panel: Sequence[str], rng: Random) -> None:
    """At most one expert a venture before, one while scoring, so that three valid scores always remain."""
    if len(panel) < 5:
        return
    pool = list(ventures)
    for share, before in ((15, True), (8, False)):
        for venture in _some(pool, share, rng):
            story = RecusalStory(rng.choice(list(panel)), rng.choice(REASONS), "模拟回避")
            (venture.recused if before else venture.recused_during).append(story)
            del venture.scores[story.expert]


def _ties(ventures: Sequence[VentureStory], rng: Random) -> None:
    """Some are scored exactly alike; every second pair asks for the same, too, and is left to the committee."""
    pool = [v for v in ventures if not v.recused and not v.recused_during]
    for nth, venture in enumerate(_some(pool, 10, rng)):
        if pool:
            twin = rng.choice(pool)
            venture.scores = {e: list(row) for e, row in twin.scores.items()}
            if nth % 2:
                venture.budget, venture.sessions_planned = list(twin.budget), twin.sessions_planned


def _after_selection(best: Sequence[VentureStory], rng: Random, turn: int) -> None:
    pool = list(best)
    for outcome, share in (("upheld", 8), ("dismissed", 10)):
        for venture in _some(pool, share, rng, least_of=5):
            venture.objection = ObjectionStory(
                outcome, "模拟市民", "0573-80000000", "请核实该项目的申报材料。", RULINGS[outcome]
            )
    for nth, venture in enumerate(_some(pool, 16, rng, least_of=5)):
        when = ENDS[(turn + nth) % len(ENDS)]
        venture.terminated = TerminationStory(when, "项目无法继续实施，予以终止。")
        if when == "rectifying":
            venture.midterm = MidtermStory("活动进度不足三成，台账不全。")
    for venture in _some(pool, 15, rng, least_of=3):
        venture.midterm = MidtermStory("活动记录缺签到表，请整改。", "已补齐签到表和票据。")
    for venture in best:
        venture.exhibit = ExhibitStory(rng.choice(FORMS), rng.randint(3, 8))
        if rng.random() < 0.2:
            venture.spend_percent = Decimal(rng.randint(880, 995)) / 10
    for venture in _some(pool, 10, rng, least_of=3):
        venture.waived, venture.exhibit = "已在镇街道专场展示，同意免展。", None
