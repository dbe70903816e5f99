"""Sixty ventures with one thing due each, and by hand what has to follow: whom which morning tells, what which day marks."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import Role, User
from common import clock
from delivery import actions as delivery
from funding import actions as funding
from funding.models import Tranche
from reviews.models import Panel, Review
from rounds.models import TrancheRule
from rounds.states import RoundState
from showcases.models import Event, Exhibit
from tests.factories import a_round, a_user, a_venture, an_applicant, answer_all_checks, moment
from tests.web.desk_world import an_objection
from ventures import actions
from ventures.models import Notice, NoticeLine, ScheduleLine, Venture
from ventures.states import State

BEGINS, ENDS = date(2020, 1, 1), date(2020, 12, 31)
MONDAY = date(2020, 5, 11)  # and the six weeks after it have no holiday
EARLY, ON_THE_DAY, LATE, VERY_LATE, NEVER = -10, 0, 3, 20, None
WHEN = (EARLY, ON_THE_DAY, LATE, VERY_LATE, NEVER)
EACH = len(WHEN)  # ventures of a fate
_numbers = count(1)


@dataclass
class World:
    clerk: User
    manager: User
    finance: User


def make_world() -> World:
    return World(*(a_user(role) for role in (Role.CLERK, Role.MANAGER, Role.FINANCE)))


@dataclass
class Thing:
    """What is due, when, who has it; from which morning on it is open, and what is done about it in the afternoon of
    which day. `thing` is how messages call it."""

    name: str
    thing: Any
    what: str
    due: date
    holders: Sequence[User]
    staff: Sequence[User]
    open_from: date
    done_on: date | None
    do: Callable[[], Any]
    before: Collection[int] = (7, 1)
    is_refused: bool = False  # by the calendar, as soon as it is overdue

    def is_open(self, day: date) -> bool:
        """In the morning of that day."""
        if self.is_refused and day > self.due:
            return False
        return self.open_from <= day and (self.done_on is None or day <= self.done_on)

    def told(self, day: date) -> list[User]:
        if not self.is_open(day):
            return []
        left = (self.due - day).days
        holders = self.holders if left in self.before or left == -1 else ()
        return [*holders, *(self.staff if left == -7 else ())]

    def mark(self, day: date) -> str:
        left = (self.due - day).days
        if not self.is_open(day) or left > 3:
            return ""
        return "overdue" if left < 0 else "soon"

    @property
    def window(self) -> Iterator[date]:
        """The days around it on which something may happen, and the silent ones between them."""
        yield from (self.due + timedelta(n) for n in range(-10, 9))
        if self.done_on and self.done_on > self.due:
            yield from (self.done_on, self.done_on + timedelta(1))


def _at(day: date, hour: int) -> datetime:
    return moment(f"{day} {hour:02}:00")


def _done(due: date, n: int) -> date | None:
    when = WHEN[n]
    return None if when is None else due + timedelta(when)


def _own(state: str, **fields: Any) -> tuple[Venture, User]:
    user, organization = an_applicant()
    fields = {"round": fields.pop("round", None) or a_round(RoundState.IN_DELIVERY), **fields}
    return a_venture(state, organization=organization, title=f"年度项目{next(_numbers)}", **fields), user


def _applicants(
    world: World,
    name: str,
    venture: Venture,
    user: User,
    what: str,
    due: date,
    n: int,
    do: Callable[[], Any],
    **more: Any,
) -> Thing:
    given = {"open_from": BEGINS, "done_on": _done(due, n), **more}
    return Thing(f"{name} {n}", venture, what, due, [user], [world.clerk, world.manager], do=do, **given)


# --- What an applicant has --------------------------------------------------------------------------------------------


def draft(world: World, n: int) -> list[Thing]:
    due = date(2020, 2, 20) + timedelta(n)
    round_ = a_round(opens_at=_at(BEGINS, 0), closes_at=_at(due + timedelta(1), 0))
    venture, user = _own(State.DRAFT, round=round_)
    done = (due - timedelta(10), due, due - timedelta(3), due - timedelta(1), None)[n]
    mine = _applicants(
        world, "draft", venture, user, "申报书", due, n, lambda: actions.submit(venture, by=user), done_on=done,
        is_refused=True,
    )  # fmt: skip
    office = [world.clerk, world.manager]
    call = Thing(f"call {n}", round_, "截止征集", due, office, [world.manager], BEGINS, None, lambda: None)
    return [mine, call]


def correction(world: World, n: int) -> list[Thing]:
    """Returned on a Monday: five working days end on the next, and two of them are left after Thursday."""
    day = date(2020, 3, 2) + timedelta(7 * (n % 4))
    venture, user = _own(State.SUBMITTED)
    with clock.at(_at(day, 10)):
        actions.return_for_correction(venture, by=world.clerk, fields={"plan": "请补充场次。"})
    due = day + timedelta(7)
    done = (due - timedelta(5), due, due - timedelta(3), due - timedelta(1), None)[n]

    def hand_in() -> None:
        actions.save_draft(venture, by=user, values={"plan": "已补充场次。"})
        actions.resubmit(venture, by=user)

    return [
        _applicants(
            world, "correction", venture, user, "补正", due, n, hand_in, done_on=done, open_from=day + timedelta(1),
            before=(4,), is_refused=True,
        )
    ]  # fmt: skip


def midterm(world: World, n: int) -> list[Thing]:
    due = date(2020, 7, 3) + timedelta(n)
    period = {"starts_on": due - timedelta(100), "ends_on": due + timedelta(100)}
    venture, user = _own(State.IN_DELIVERY, **period)

    def hand_in() -> None:
        delivery.hand_in_midterm(venture, by=user, progress="计划 6 场，已办 6 场。")

    return [_applicants(world, "midterm", venture, user, "中期报告", due, n, hand_in)]


def rectification(world: World, n: int) -> list[Thing]:
    due = date(2020, 8, 14) + timedelta(2 * n)
    venture, user = _own(State.RECTIFYING, rectify_by=due)

    def hand_in() -> None:
        delivery.hand_in_midterm(venture, by=user, progress="已整改。")

    return [_applicants(world, "rectification", venture, user, "整改报告", due, n, hand_in)]


def final(world: World, n: int) -> list[Thing]:
    due = date(2020, 10, 30) + timedelta(n)
    passed = {"midterm_passed_at": _at(date(2020, 1, 1), 9)}
    venture, user = _own(State.IN_DELIVERY, starts_on=BEGINS, ends_on=due, **passed)

    def hand_in() -> None:
        delivery.hand_in_final(venture, by=user, progress="计划 12 场，已办 12 场。")

    return [_applicants(world, "final", venture, user, "末期报告", due, n, hand_in)]


def activities(world: World, n: int) -> list[Thing]:
    due = date(2020, 9, 15) + timedelta(3 * n)
    venture, user = _own(State.IN_DELIVERY, starts_on=None, ends_on=None)
    ScheduleLine.objects.create(venture=venture, ordinal=1, ends_on=due, activity="入户", sessions=2)

    def hold() -> None:
        for __ in range(2):
            delivery.record_activity(venture, by=user, held_on=clock.today(), topic="入户", attendance=20)

    return [_applicants(world, "activities", venture, user, "活动计划", due, n, hold)]


# --- What others have -------------------------------------------------------------------------------------------------


def screening(world: World, n: int) -> list[Thing]:
    """Five working days from a Monday on end on the next."""
    day = MONDAY + timedelta(7 * n)
    venture, __ = _own(
        State.SUBMITTED, round=a_round(RoundState.CALL_CLOSED, screening_days=5), submitted_at=_at(day, 10)
    )
    answer_all_checks(venture)
    due, office = day + timedelta(7), [world.clerk, world.manager]
    done = (due - timedelta(4), due, due + timedelta(3), due + timedelta(20), None)[n]
    return [
        Thing(
            f"screening {n}", venture, "形式审查", due, office, [world.manager], BEGINS, done,
            lambda: actions.accept(venture, by=world.clerk),
        )
    ]  # fmt: skip


def agreement(world: World, n: int) -> list[Thing]:
    """The notice ended on a Friday: five working days end on the next."""
    ended = MONDAY + timedelta(7 * n + 4)
    round_ = a_round(RoundState.IN_DELIVERY, signing_days=5)
    venture, __ = _own(State.AWARDED, round=round_, awarded=Decimal("10000.00"))
    notice = Notice.objects.create(round=round_, title="公示", opens_on=ended, closes_on=ended, days=5)
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
    due = ended + timedelta(7)
    done = (due - timedelta(4), due, due + timedelta(3), due + timedelta(20), None)[n]

    def sign() -> None:
        funding.sign_agreement(venture, by=world.clerk, number=f"XY-{venture.pk}", signed_on=clock.today())

    # Its day is told from the award on, however long its notice still runs; both are planted before the year.
    return [
        Thing(
            f"agreement {n}", venture, "签订协议", due, [world.finance], [world.manager], BEGINS, done, sign,
        )
    ]  # fmt: skip


def tranche(world: World, n: int) -> list[Thing]:
    day = MONDAY + timedelta(7 * n)
    round_ = a_round(RoundState.IN_DELIVERY, rules=False, payment_days=5)
    TrancheRule.objects.create(round=round_, ordinal=1, label="全额", percent=Decimal(100), trigger="agreement")
    venture, __ = _own(State.AWARDED, round=round_, awarded=Decimal("10000.00"), category=None)
    with clock.at(_at(day, 10)):
        funding.sign_agreement(venture, by=world.clerk, number=f"XY-{venture.pk}", signed_on=day)
    due = day + timedelta(7)
    done = (due - timedelta(4), due, due + timedelta(3), due + timedelta(20), None)[n]

    def pay() -> None:
        only = Tranche.objects.get(award__venture=venture)
        funding.pay_tranche(only, by=world.finance, voucher_number=f"PZ-{venture.pk}")

    return [
        Thing(f"tranche {n}", venture, "拨付资金", due, [world.finance], [world.manager], BEGINS, done, pay)
    ]  # fmt: skip


def ruling(world: World, n: int) -> list[Thing]:
    day = MONDAY + timedelta(7 * n)
    round_ = a_round(RoundState.ON_NOTICE, ruling_days=5)
    venture, __ = _own(State.OBJECTED, round=round_)
    notice = Notice.objects.create(round=round_, title="公示", opens_on=day, closes_on=day, days=5)
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
    objection = an_objection(venture, notice, filed_at=_at(day, 10), state="admitted")
    due = day + timedelta(7)
    done = (due - timedelta(4), due, due + timedelta(3), due + timedelta(20), None)[n]
    return [
        Thing(
            f"ruling {n}", venture, "异议核查", due, [world.manager], [], BEGINS, done,
            lambda: actions.dismiss_objection(objection, by=world.manager, ruling="不成立。"),
        )
    ]  # fmt: skip


def scores(world: World, n: int) -> list[Thing]:
    due, expert = date(2020, 4, 20) + timedelta(n), a_user(Role.EXPERT)
    round_ = a_round(RoundState.IN_REVIEW)
    venture, __ = _own(State.IN_REVIEW, round=round_)
    Panel.objects.create(round=round_, due_at=_at(due + timedelta(1), 0))
    review = Review.objects.create(venture=venture, expert=expert)

    def score() -> None:
        Review.objects.filter(pk=review.pk).update(state=Review.State.SUBMITTED, total=80, submitted_at=clock.now())

    return [
        Thing(
            f"scores {n}", venture, "评审打分", due, [expert], [world.clerk, world.manager], BEGINS, _done(due, n), score
        )
    ]  # fmt: skip


def showcase(world: World, n: int) -> list[Thing]:
    due = date(2020, 12, 7) - timedelta(n)
    round_ = a_round(RoundState.IN_DELIVERY)
    venture, __ = _own(State.EVALUATED, round=round_)
    event = Event.objects.create(name=f"成果展{n}", starts_at=_at(due, 14), ends_at=_at(due, 17), venue="市民广场")
    Exhibit.objects.create(event=event, venture=venture, ordinal=1)
    done = (due, due + timedelta(1), due + timedelta(3), due + timedelta(8), None)[n]

    def hold() -> None:
        Event.objects.filter(pk=event.pk).update(held_at=clock.now())

    office = [world.clerk, world.manager]
    return [Thing(f"showcase {n}", venture, "成果展", due, office, [world.manager], BEGINS, done, hold)]


FATES = (
    draft, correction, midterm, rectification, final, activities, screening, agreement, tranche, ruling, scores, showcase,
)  # fmt: skip
