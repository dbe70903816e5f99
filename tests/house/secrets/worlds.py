"""Worlds of which two can be made that differ in one secret alone."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import Role
from common.clock import now
from organizations.models import Membership
from reviews import actions as reviews
from rounds.models import Round
from tests.factories import a_round, a_user, a_venture, an_applicant
from tests.funding import steps as funding
from tests.house.secrets.asking import Ids, Reader
from tests.reviews.steps import Panelled, panelled
from ventures.models import Venture
from ventures.notices import actions as notices
from ventures.screening import actions as screening
from ventures.states import State
from ventures.visibility import OFFICE

Act = Callable[[], Any]


@dataclass(frozen=True)
class Worlds:
    """One world, and the two acts that make two of it; who may not know which, and the things that are asked about."""

    one: Act
    other: Act
    readers: list[Reader]
    ids: Ids
    round: Round


# --- People -----------------------------------------------------------------------------------------------------------


def somebody(role: Role, name: str = "", **fields: Any) -> Reader:
    opens = {Role.APPLICANT: ("apply", "me"), Role.EXPERT: ("review", "me")}.get(role, ("desk", "me"))
    name = name or role.value
    user = a_user(role, email=f"{name.replace(' ', '.')}@example.org", **fields)
    return Reader(name, user, opens)


def office(*roles: Role) -> list[Reader]:
    return [somebody(role) for role in roles]


def an_operator(venture: Venture) -> Reader:
    operator = somebody(Role.OPERATOR)
    venture.platform.operators.add(operator.user)
    return operator


def a_member(venture: Venture, part: str = "owner", name: str = "own organization") -> Reader:
    member = somebody(Role.APPLICANT, name)
    Membership.objects.create(user=member.user, organization=venture.organization, part=part)
    return member


def a_stranger() -> Reader:
    user, __ = an_applicant(email="stranger@example.org")
    return Reader("stranger", user, ("apply", "me"))


VISITOR = Reader("visitor")


# --- The secrets ------------------------------------------------------------------------------------------------------


def reviewed(*, scored: bool = True, **fields: Any) -> Panelled:
    begun = panelled(experts=5, ventures=2, **fields).begin()
    if scored:
        begun.score([90, 80, 85, 88, 84], venture=0)
        begun.score([50, 55, 52, 58, 54], venture=1)
    return begun


def the_selection() -> Worlds:
    """Before the notice nobody but the office learns who was chosen."""
    begun = reviewed()
    chosen, other = begun.ventures
    readers = [
        VISITOR,
        a_member(chosen, name="chosen"),
        Reader("not chosen", a_member(other, name="not.chosen").user, (f"apply/ventures/{other.pk}",)),
        an_operator(chosen),
        Reader("expert", begun.experts[0], ("review",)),
        a_stranger(),
    ]
    ids = {"ventures": [chosen.pk, other.pk], "rounds": [begun.round.pk]}
    return Worlds(lambda: None, lambda: reviews.select(begun.round, by=begun.manager), readers, ids, begun.round)


def a_score() -> Worlds:
    """Of a panel that is not complete nobody learns what one expert gave."""
    begun = reviewed(scored=False)
    venture = begun.ventures[0]
    readers = [
        *office(Role.CLERK, Role.FINANCE, Role.SUPERVISOR, Role.ADMIN),
        Reader("manager", begun.manager, ("desk",)),
        an_operator(venture),
        Reader("other expert", begun.experts[1], ("review",)),
        a_member(venture),
        VISITOR,
    ]
    ids = {"ventures": [venture.pk], "rounds": [begun.round.pk], "reviews": [begun.review(1).pk]}

    def scored(total: int) -> Act:
        return lambda: begun.submit(0, total, venture=0)

    return Worlds(scored(90), scored(60), readers, ids, begun.round)


def a_recusal() -> Worlds:
    """Which expert stood back is for those who run the review."""
    begun = reviewed(scored=False)
    venture = begun.ventures[0]
    readers = [
        *office(Role.FINANCE, Role.ADMIN),
        an_operator(venture),
        Reader("other expert", begun.experts[4], ("review",)),
        a_member(venture),
        a_stranger(),
        VISITOR,
    ]
    ids = {"ventures": [venture.pk], "rounds": [begun.round.pk], "reviews": [begun.review(4).pk]}

    def recused(expert: int, note: str) -> Act:
        by = begun.experts[expert]
        return lambda: reviews.recuse(venture, expert=by, by=begun.manager, reason="relative", note=note)

    return Worlds(recused(0, "理事长的亲属"), recused(1, "财务的亲属"), readers, ids, begun.round)


def an_objector() -> Worlds:
    """Who objects, and how to reach them, only who looks into it reads."""
    begun = reviewed()
    reviews.select(begun.round, by=begun.manager)
    notice = notices.publish(begun.round, by=begun.manager)
    venture = notice.lines.get(ordinal=1).venture
    readers = [
        *office(Role.CLERK, Role.FINANCE, Role.SUPERVISOR, Role.ADMIN),
        an_operator(venture),
        Reader("expert", begun.experts[0], ("review",)),
        a_member(venture),
        a_stranger(),
        VISITOR,
    ]
    filed: dict[str, Any] = {"venture": venture, "text": "该项目与去年的项目内容相同。"}
    first = notices.file_objection(notice, **filed, name="先提出的人", contact="13800000000")
    ids = {
        "ventures": [venture.pk], "rounds": [begun.round.pk], "notices": [notice.pk],
        "objections": [first.pk, first.pk + 1],
    }  # fmt: skip

    def objected(name: str, contact: str) -> Act:
        return lambda: notices.file_objection(notice, **filed, name=name, contact=contact)

    return Worlds(objected("张三", "13911112222"), objected("平湖李四", "lisi@example.org"), readers, ids, begun.round)


def a_sealed_application() -> Worlds:
    """Of a sealed round the desk learns how many there are, and nothing of what they are."""
    sealed = a_round(sealed=True)
    venture = a_venture(State.SUBMITTED, round=sealed, title="封存的项目", submitted_at=now())
    other = a_venture(State.SUBMITTED, title="另一届的同名项目", organization=venture.organization, submitted_at=now())
    member = a_member(venture).user
    readers = [*office(*OFFICE), an_operator(venture), somebody(Role.EXPERT), a_stranger(), VISITOR]
    ids = {
        "ventures": [venture.pk, other.pk], "screening": [venture.pk, other.pk], "rounds": [sealed.pk],
        "organizations": [venture.organization_id],
    }  # fmt: skip

    def wrote(title: str, requested: str, text: str) -> Act:
        def write() -> None:
            amount = Decimal(requested)
            Venture.objects.filter(pk=venture.pk).update(title=title, requested=amount, total_budget=amount)
            screening.remark(venture, by=member, text=text)

        return write

    return Worlds(
        wrote(other.title, "12345.00", "我们的项目是养老"), wrote("完全不同的名称", "40000.00", "我们的项目是助学"),
        readers, ids, sealed,
    )  # fmt: skip


def a_draft() -> Worlds:
    """What is not handed in is the applicant's own."""
    venture = a_venture(State.DRAFT, title="没有提交的项目")
    readers = [*office(*OFFICE), an_operator(venture), somebody(Role.EXPERT), a_stranger(), VISITOR]
    ids = {
        "ventures": [venture.pk], "screening": [venture.pk], "rounds": [venture.round_id],
        "organizations": [venture.organization_id],
    }  # fmt: skip

    def wrote(title: str, requested: str) -> Act:
        return lambda: Venture.objects.filter(pk=venture.pk).update(title=title, requested=Decimal(requested))

    return Worlds(wrote("甲", "12345.00"), wrote("乙乙乙", "999.00"), readers, ids, venture.round)


def an_expense() -> Worlds:
    """What an organization spends its people with a part in the money read, not its readers."""
    world = funding.make_world()
    venture = funding.in_delivery(world)
    readers = [
        a_member(venture, "reader", "reader of the organization"),
        somebody(Role.EXPERT),
        a_stranger(),
        VISITOR,
    ]
    ids = {"ventures": [venture.pk], "rounds": [venture.round_id], "organizations": [venture.organization_id]}

    def spent(amount: str) -> Act:
        return lambda: funding.spend(venture, amount)

    return Worlds(spent("100.00"), spent("2345.67"), readers, ids, venture.round)


SECRETS = [the_selection, a_score, a_recusal, an_objector, a_sealed_application, a_draft, an_expense]
