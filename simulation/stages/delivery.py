"""实施: agreement, payments, activities, expenses, mid-term with its rectifications, final evaluation, terminations."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from common import clock
from common.machine.door import move
from delivery import actions as delivery
from funding import actions as funding
from funding.queries import NO_PAYMENTS, money_of
from rounds.models.grades import pass_mark_of
from simulation.scene import Part, Scene, must_be_refused
from simulation.stages import books
from simulation.story import SimulationError
from ventures import actions
from ventures.states import AWARDED_STATES, State

SIGNING = timedelta(minutes=30)
MIDTERM_EARLY, FINAL_EARLY = Decimal("0.80"), Decimal("0.95")  # of what was paid, spent before each report


def sign_and_begin(scene: Scene) -> None:
    clerk, manager, finance = scene.cast.clerk, scene.cast.manager, scene.cast.finance
    for part in scene.on_desk("signed_on", State.AWARDED):
        if not part.story.gets_beyond("awarded"):
            continue
        if ends_when(part, "awarded"):
            assert part.story.terminated is not None
            actions.give_up(part.venture, by=manager, reason=part.story.terminated.reason)
        else:
            number = f"协议-{part.venture.number}"
            funding.sign_agreement(part.venture, by=clerk, number=number, signed_on=clock.today())
    pay(scene, "first_paid_on", step="signed")
    for part in scene.on_desk("first_paid_on", State.AWARDED):
        if not part.story.gets_beyond("signed"):
            continue
        with clock.at(clock.now() + SIGNING):
            move(part.venture, "begin_delivery", by=finance)


def pay(scene: Scene, moment: str, *, step: str) -> None:
    """Pay whatever can be paid by now, in the order of the ventures' numbers; it ends `step`."""
    parts = sorted((p for p in scene.parts if _is_paid(p, step)), key=lambda p: p.venture.number)
    for part in scene.in_turn(parts, moment):
        pay_what_is_due(part, by=scene.cast.finance)


def pay_what_is_due(part: Part, *, by: Any) -> None:
    """Tranche after tranche until one has to wait."""
    while due := next((line.tranche for line in money_of(part.venture).tranches if line.state == "due"), None):
        funding.pay_tranche(due, by=by, voucher_number=f"付-{part.venture.number}-{due.ordinal}")


def _is_paid(part: Part, step: str) -> bool:
    return part.state in AWARDED_STATES - NO_PAYMENTS and part.story.gets_beyond(step)


def first_half(scene: Scene) -> None:
    """Activities to the middle, then the mid-term report where the round asks for one; one venture may end before it."""
    hold_activities(scene, "activities_from", "midterm_on", first=True)
    for part in scene.on_desk("midterm_on", State.IN_DELIVERY):
        books.spend_up_to(part, MIDTERM_EARLY)
        if ends_when(part, "in_delivery"):
            terminate(scene, part)
            continue
        if not part.story.gets_beyond("in_delivery"):
            continue
        if not scene.round.has_mid_term:
            must_be_refused(delivery.hand_in_midterm, venture=part.venture, by=part.applicant, progress="提交中期报告")
            continue
        must_be_refused(delivery.hand_in_final, venture=part.venture, by=part.applicant, progress="提前提交末期报告")
        report(part, delivery.hand_in_midterm, part.story.sessions_held // 2, part.story.progress.get("midterm", ""))
    clerk = scene.cast.clerk
    for part in scene.on_desk("midterm_assessed_on", State.MID_TERM):
        if not part.story.gets_beyond("mid_term"):
            continue
        story = part.story.midterm
        if story is not None:
            delivery.fail_midterm(part.venture, by=clerk, assessment=story.problem)
        else:
            delivery.pass_midterm(part.venture, by=clerk, assessment="中期合格。", score=part.story.final_score)
    for part in scene.on_desk("rectified_on", State.RECTIFYING):
        if ends_when(part, "rectifying"):
            terminate(scene, part)
            continue
        if not part.story.gets_beyond("rectifying"):
            continue
        story = part.story.midterm
        if story is None:
            raise SimulationError(f"{part.venture} is rectifying without a story")
        report(part, delivery.hand_in_midterm, part.story.sessions_held // 2, progress=story.report)
    for part in scene.on_desk("rectification_assessed_on", State.MID_TERM):
        if not part.story.gets_beyond("mid_term"):
            continue
        delivery.pass_midterm(part.venture, by=clerk, assessment="整改到位，中期合格。", score=Decimal(70))
    pay(scene, "second_paid_on", step="midterm_passed")


def report(part: Part, hand_in: Callable[..., Any], held: int, progress: str = "") -> None:
    story = part.story
    progress = progress or f"计划活动 {story.sessions_planned} 场，已开展 {held} 场，进度与计划相符。（演示数据）"
    share = Decimal(held) / max(story.sessions_held, 1)
    hand_in(
        part.venture,
        by=part.applicant,
        progress=progress,
        problems="部分活动时间需避开农忙和雨季。（演示数据）",
        beneficiaries=int(story.beneficiaries * share),
        satisfaction=story.satisfaction,
    )


def hold_activities(scene: Scene, first_day: str, last_day: str, *, first: bool) -> None:
    """The first or the second half of each venture's activities; head counts add up to the story's totals."""
    for part in scene.parts:
        if part.state != State.IN_DELIVERY:
            continue
        count = part.story.sessions_held
        half = range(count // 2) if first else range(count // 2, count)
        for nth, session in enumerate(half):
            with clock.at(scene.calendar_of(part).between(first_day, last_day, nth, len(half))):
                topics = part.story.topics or ["服务活动"]
                delivery.record_activity(
                    part.venture,
                    by=part.applicant,
                    held_on=clock.today(),
                    topic=f"第{session + 1}场：{topics[session % len(topics)]}",
                    place=part.venture.place.name if part.venture.place else "",
                    attendance=share_of(part.story.attendance, session, count),
                    volunteers=share_of(part.story.volunteers, session, count),
                )


def share_of(total: int, nth: int, count: int) -> int:
    """Whole numbers that add up to `total` over `count`."""
    return total * (nth + 1) // count - total * nth // count


def second_half(scene: Scene) -> None:
    """The other activities, the final report and its evaluation, the tail."""
    hold_activities(scene, "second_paid_on", "activities_until", first=False)
    for part in scene.on_desk("final_on", State.IN_DELIVERY):
        books.spend_up_to(part, FINAL_EARLY)
        if part.story.gets_beyond("second_paid"):
            report(part, delivery.hand_in_final, part.story.sessions_held, part.story.progress.get("final", ""))
    manager = scene.cast.manager
    for part in scene.on_desk("final_assessed_on", State.IN_EVALUATION):
        if not part.story.gets_beyond("in_evaluation"):
            continue
        if ends_when(part, "in_evaluation"):
            low = pass_mark_of(part.venture.round.grade_bands.all()) - 5
            must_be_refused(delivery.pass_final, venture=part.venture, by=scene.cast.clerk, score=low)
            terminate(scene, part)
        else:
            delivery.pass_final(
                part.venture, by=manager, score=part.story.final_score, assessment="目标完成，台账规范。（演示数据）"
            )
    pay(scene, "tail_paid_on", step="evaluated")


def ends_when(part: Part, when: str) -> bool:
    return part.story.terminated is not None and part.story.terminated.when == when


def terminate(scene: Scene, part: Part) -> None:
    """End it and claim what was paid and not spent."""
    story = part.story.terminated
    assert story is not None
    actions.terminate(part.venture, by=scene.cast.manager, reason=story.reason)
    books.claim(part, by=scene.cast.manager, reason=story.reason)


def recover(scene: Scene) -> None:
    """What was claimed comes back, and the terminations are settled."""
    for part in scene.on_desk("settled_on", State.TERMINATING):
        books.recover(part, by=scene.cast.finance)
        actions.settle(part.venture, by=scene.cast.manager)
