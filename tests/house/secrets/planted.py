"""A world in a given state with a mark in everything that somebody may not know, and who may know each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Role
from common.clock import now, today
from funding.models import Award, Expense
from organizations.models import Membership
from reviews.models import Panel, PanelMember, Recusal, Result, Review
from rounds.models import Round
from rounds.states import RoundState, since
from tests.factories import a_platform, a_round, a_user, a_venture, an_applicant, an_organization
from tests.house.secrets.asking import Ids, Reader
from ventures.models import Notice, NoticeLine, Objection, Remark, Venture
from ventures.states import AWARDED_STATES, NOT_HANDED_IN, Group, State, in_group

PAST = {Group.NOTICE, Group.AGREEMENT, Group.DELIVERY, Group.EVALUATION, Group.CLOSURE, Group.TERMINATION}
SELECTED = in_group(Group.SELECTION, *PAST)  # the panel is complete, an amount may be there
PUBLIC = in_group(*PAST)  # was on a public notice
REVIEWED = SELECTED | {State.IN_REVIEW}

OFFICE = frozenset({"clerk", "finance", "manager", "supervisor", "admin"})
RUNS_REVIEW = frozenset({"clerk", "manager", "supervisor"})
OWN_MONEY = frozenset({"owner"})
OWN = OWN_MONEY | {"reader"}
EVERYBODY = frozenset({
    "visitor", "stranger", "owner", "reader", "expert", "other expert", "recused expert", "operator", "other operator",
    *OFFICE,
})  # fmt: skip


@dataclass(frozen=True)
class Planted:
    state: State
    round_state: RoundState
    sealed: bool
    venture: Venture
    readers: dict[str, Reader]
    ids: Ids

    @property
    def round(self) -> Round:
        return self.venture.round

    @property
    def is_handed_in(self) -> bool:
        return self.state not in NOT_HANDED_IN

    @property
    def is_selection_open(self) -> bool:
        """The selection is made and not published."""
        return self.state in in_group(Group.SELECTION) and self.round_state == RoundState.IN_REVIEW


@dataclass(frozen=True)
class Canary:
    """A mark that stands in one place, and who may read it in a world."""

    name: str
    mark: re.Pattern[str]
    known_to: Callable[[Planted], frozenset[str]]


def canary(name: str, mark: str, known_to: Callable[[Planted], frozenset[str]]) -> Canary:
    return Canary(name, re.compile(mark), known_to)


def _who_sees(world: Planted) -> frozenset[str]:
    """Who sees that there is such a venture, and its title."""
    if world.state in PUBLIC:
        return EVERYBODY
    if not world.is_handed_in or world.sealed:
        return OWN
    seen = OWN | OFFICE | {"operator"}
    if world.state in REVIEWED:
        seen |= {"expert"}
    if world.state == State.ELIGIBLE:  # to declare a conflict
        seen |= {"expert", "recused expert"}
    return seen


def _who_knows_result(world: Planted) -> frozenset[str]:
    return OFFICE if world.is_selection_open else EVERYBODY


def _who_knows_scores(world: Planted) -> frozenset[str]:
    """Single scores: their expert, and who runs the review once all are in."""
    return frozenset({"expert"}) | (RUNS_REVIEW if world.state in SELECTED else frozenset())


CANARIES = [
    canary("title", "题目金丝雀", _who_sees),
    canary("phone of the leader", "13866665555", lambda w: OWN | OFFICE | {"operator", "expert"}),
    canary("account", "6222999988887777", lambda w: OWN_MONEY | OFFICE),
    canary("message", "留言金丝雀", lambda w: OWN | (frozenset() if w.sealed else OFFICE | {"operator"})),
    canary("score", r"77\.35", _who_knows_scores),
    canary("comment", "评语金丝雀", _who_knows_scores),
    canary("expert", "专家金丝雀", lambda w: RUNS_REVIEW | {"admin", "expert"}),
    canary("who stood back", "回避金丝雀", lambda w: RUNS_REVIEW | {"admin", "recused expert"}),
    canary("result", r"66\.67", _who_knows_result),
    canary("amount", r"43,?210", _who_knows_result),
    canary("objector", "异议金丝雀|13877776666", lambda w: frozenset({"manager"})),
    canary("expense", "支出金丝雀", lambda w: OWN_MONEY | OFFICE | {"operator"}),
]


def plant(state: State, round_state: RoundState, *, sealed: bool = False) -> Planted:
    """A venture in `state` of a round in `round_state`, everybody around it, and every mark that there is in that state."""
    is_open = round_state in {RoundState.PREPARING, RoundState.OPEN}
    closes_at = now() + timedelta(days=20) if is_open else now() - timedelta(days=5)
    round_ = a_round(
        round_state,
        quota=99,
        budget=Decimal(9_999_999),
        sealed=sealed,
        opens_at=now() - timedelta(days=40),
        closes_at=closes_at,
    )
    organization = an_organization(bank_name="平湖农商行", bank_account="6222999988887777")
    town = a_platform(name="林埭镇平台", tier="town", parent=round_.platform)
    given = (
        {"awarded": Decimal("43210.00")}
        if state in SELECTED - {State.RESERVE, State.NOT_SELECTED, State.CANCELLED}
        else {}
    )
    scored = {"score": Decimal("66.67"), "rank": 7} if state in SELECTED else {}
    venture = a_venture(
        state, round=round_, organization=organization, platform=town, title="题目金丝雀", phone="13866665555",
        **{"submitted_at": now(), **given, **scored},
    )  # fmt: skip
    readers = _people(venture, town)
    ids: dict[str, list[int]] = {
        "ventures": [venture.pk], "screening": [venture.pk], "rounds": [round_.pk], "organizations": [organization.pk],
        "people": [readers["expert"].user.pk],
    }  # fmt: skip
    if venture.state not in NOT_HANDED_IN:
        Remark.objects.create(
            venture=venture, text="留言金丝雀", from_desk=False, by_id=readers["owner"].user.pk, by_name="申报人"
        )
    if state in REVIEWED or state == State.ELIGIBLE:
        ids |= _review(venture, readers)
    if state in PUBLIC:
        ids |= _notice(venture)
    if state in AWARDED_STATES - {State.AWARDED}:
        _spend(venture)
    return Planted(state, round_state, sealed, venture, readers, ids)


def _people(venture: Venture, town: object) -> dict[str, Reader]:
    opens = {Role.APPLICANT: ("apply", "me"), Role.EXPERT: ("review", "me")}

    def somebody(who: str, role: Role, **fields: str) -> Reader:
        email = f"{who.replace(' ', '.')}@example.org"
        return Reader(who, a_user(role, email=email, **fields), opens.get(role, ("desk", "me")))

    people = [
        somebody(role.value, role) for role in (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN)
    ]
    for part in ("owner", "reader"):
        member = somebody(part, Role.APPLICANT)
        Membership.objects.create(user=member.user, organization=venture.organization, part=part)
        people.append(member)
    people += [
        somebody("expert", Role.EXPERT, name="专家金丝雀"),
        somebody("recused expert", Role.EXPERT, name="回避金丝雀"),
        somebody("other expert", Role.EXPERT),
        somebody("operator", Role.OPERATOR),
        somebody("other operator", Role.OPERATOR),
    ]
    stranger, __ = an_applicant(email="stranger@example.org")
    found = {reader.name: reader for reader in people}
    found["operator"].user.platforms.add(town)
    found["other operator"].user.platforms.add(
        a_platform(name="别处的平台", tier="town", parent=venture.round.platform)
    )
    return found | {"stranger": Reader("stranger", stranger, ("apply", "me")), "visitor": Reader("visitor")}


def _review(venture: Venture, readers: dict[str, Reader]) -> dict[str, list[int]]:
    """A panel of three: one has scored, one stood back, one has scored as well once the selection is made."""
    experts = [readers[name].user for name in ("expert", "recused expert")] + [a_user(Role.EXPERT, name="第三位")]
    panel = Panel.objects.create(round=venture.round)
    PanelMember.objects.bulk_create(PanelMember(panel=panel, expert=e, ordinal=n) for n, e in enumerate(experts, 1))
    Recusal.objects.create(venture=venture, expert=experts[1], reason="relative", note="回避金丝雀")
    if venture.state == State.ELIGIBLE:
        return {}
    done = venture.state in SELECTED
    scored = {
        "state": Review.State.SUBMITTED,
        "total": Decimal("77.35"),
        "comment": "评语金丝雀",
        "submitted_at": now(),
    }
    third = {**scored, "total": Decimal("56.00"), "comment": ""} if done else {}
    reviews = [
        Review.objects.create(venture=venture, expert=experts[0], **scored),
        Review.objects.create(venture=venture, expert=experts[1], state=Review.State.RECUSED),
        Review.objects.create(venture=venture, expert=experts[2], **third),
    ]
    if done:
        Result.objects.create(venture=venture, valid=2, recused=1, mean=Decimal("66.67"))
    return {"reviews": [r.pk for r in reviews]}


def _notice(venture: Venture) -> dict[str, list[int]]:
    runs = venture.state in {State.ON_NOTICE, State.OBJECTED}
    opens_on, closes_on = (today(), today() + timedelta(7)) if runs else (date(2020, 6, 1), date(2020, 6, 8))
    notice = Notice.objects.create(round=venture.round, title="公示", opens_on=opens_on, closes_on=closes_on, days=5)
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=Decimal("43210.00"))
    state = {State.OBJECTED: Objection.State.ADMITTED, State.CANCELLED: Objection.State.UPHELD}.get(
        venture.state, Objection.State.DISMISSED
    )
    ruled = {} if venture.state == State.OBJECTED else {"ruling": "核查意见", "ruled_at": now()}
    objection = Objection.objects.create(
        notice=notice, venture=venture, name="异议金丝雀", contact="13877776666", text="理由", state=state, **ruled
    )
    return {"notices": [notice.pk], "objections": [objection.pk]}


def _spend(venture: Venture) -> None:
    award = Award.objects.create(
        venture=venture, amount=Decimal("43210.00"), agreement_number="X-1", signed_on=date(2020, 7, 1),
        paid=Decimal("20000.00"), spent=Decimal("12.00"),
    )  # fmt: skip
    Expense.objects.create(
        award=award,
        spent_on=today(),
        head="活动费用",
        summary="支出金丝雀",
        amount=Decimal("12.00"),
        voucher_number="1",
    )


def natural(state: State) -> list[RoundState]:
    """The states in which a round is while a venture is in this one."""
    first = {
        Group.DRAFT: RoundState.OPEN, Group.SCREENING: RoundState.OPEN, Group.REVIEW: RoundState.CALL_CLOSED,
        Group.SELECTION: RoundState.IN_REVIEW, Group.NOTICE: RoundState.ON_NOTICE,
    }  # fmt: skip
    group = next(g for g in Group if state in in_group(g))
    return [s for s in RoundState if s in since(first.get(group, RoundState.IN_DELIVERY))]
