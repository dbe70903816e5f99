"""Every address with what it names filled in: the thing of the world on which its verb makes sense.

An address that comes new needs a line here only if it names a kind of thing that none has named yet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from common.site.checks import patterns
from rounds.states import RoundState
from tests.house.access.world import ENTERED, SEALED, World
from ventures.states import State

NOT_THERE = 999_999

# Which venture, by the name of the address; the first that fits.
VENTURES: tuple[tuple[str, str], ...] = (
    (r"apply_(resubmit)", State.RETURNED),
    (r"apply_(submission|receipt|pdf|compare|remark|withdraw|venture$)", State.SUBMITTED),
    (r"apply_(activities|midterm|venture_expenses)", State.IN_DELIVERY),
    (r"apply_rectification", State.RECTIFYING),
    (r"apply_final", State.IN_DELIVERY),
    (r"apply_", State.DRAFT),
    (r"review_declare", State.ELIGIBLE),
    (r"review_", State.IN_REVIEW),
    (r"venture$", State.ON_NOTICE),
    (r"desk_venture_(award|give_up)", State.ON_NOTICE),
    (r"desk_venture_promote", State.RESERVE),
    (r"desk_venture_(begin_delivery|agreement)", State.AWARDED),
    (r"desk_venture_(\w+_)?midterm", State.MID_TERM),
    (r"desk_venture_(\w+_)?final", State.IN_EVALUATION),
    (r"desk_venture_(waive|record_showing)", State.EVALUATED),
    (r"desk_venture_(audit|close|closure|return_balance)$", State.SHOWN),
    (r"desk_venture_terminat", State.IN_DELIVERY),
    (r"desk_venture_(settle|claim|recovery)", State.TERMINATING),
    (r"", State.SUBMITTED),
)
# Which round, likewise.
ROUNDS: tuple[tuple[str, str], ...] = (
    (r"desk_(question|round_(question|card|setup|open|delete|copy))", RoundState.PREPARING),
    (r"desk_round_(notice|publish)|desk_(panel|recuse|ranking|reserves)", RoundState.IN_REVIEW),
    (r"desk_round_begin_delivery", RoundState.ON_NOTICE),
    (r"desk_round_close$", RoundState.IN_DELIVERY),
    (r"", RoundState.OPEN),
)
# What one of them is called among the things of the world, by the noun of its address.
ORGANIZATIONS = {"desk_owner_invite": "new organization", "apply_host_agree": "group", "apply_host_decline": "group"}
THINGS = {
    "notices": "notice", "objections": "objection", "showcases": "showcase", "exhibits": "exhibit", "programme": "item",
    "memberships": "membership", "people": "person", "requests": "request", "tranches": "tranche",
    "expenses": "expense", "activities": "activity", "reports": "workbook", "imports": "import",
}  # fmt: skip
WORDS = {
    "step": "budget",
    "table": "budget",
    "card": "rubric",
    "ordinal": "1",
    "year": "2027",
    "uid": "MQ",
    "token": "no-such-token",
    "key": "zibo-2020",
}

# Where the usual venture is in such a state (() for any), at these addresses others are asked for as well.
HIDDEN_FROM_THE_DESK = (State.DRAFT, SEALED)
OTHERS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = (
    ((State.DRAFT,), "/apply/ventures/<int:pk>/", (ENTERED,)),
    ((State.DRAFT,), "/apply/attachments/<int:pk>/", (ENTERED,)),
    ((), "/desk/ventures/<int:pk>/", HIDDEN_FROM_THE_DESK),
    ((), "/desk/screening/<int:pk>/", HIDDEN_FROM_THE_DESK),
)


@dataclass(frozen=True)
class Door:
    """One address: `route` as it is declared, `policy` the permission that its view asks for, `methods` that it answers;
    `of` which venture, where it is not the usual one."""

    name: str
    route: str
    policy: str
    methods: tuple[str, ...]
    of: str = ""

    @property
    def names_something(self) -> bool:
        return "<int:pk>" in self.route

    def url(self, world: World, reader: str, pk: int | None = None, **words: str) -> str:
        """The address of the thing of the world, or of `pk`; with other `words` than the usual ones."""
        known = {"pk": pk or self._thing(world, reader), **WORDS, **self._words(world), **words}
        return re.sub(r"<\w+:(\w+)>", lambda found: str(known[found[1]]), self.route)

    def _thing(self, world: World, reader: str) -> Any:
        noun = re.search(r"(\w+)/<int:pk>", self.route)
        if not noun:
            return None
        match noun[1]:
            case "ventures" | "screening":
                return world.ventures[self._venture].pk
            case "rounds":
                return world.rounds[_first(ROUNDS, self.name)].pk
            case "reviews":
                return (world.recused_review if reader == "recused expert" else world.review).pk
            case "organizations":
                return world.things.get(ORGANIZATIONS.get(self.name), world.organization.pk)
            case "invitations":
                return world.things["first invitation" if self.name == "desk_owner_revoke" else "invitation"]
            case "attachments":
                return world.things[f"attachment of {self._venture}"]
            case kind:
                return world.things[THINGS.get(kind, kind)]

    @property
    def _venture(self) -> str:
        return self.of or _first(VENTURES, self.name)

    def _words(self, world: World) -> dict[str, Any]:
        """What stands in the address beside the thing."""
        return {
            "question": world.things["question"],
            "rule": world.things.get(f"rule of {self._venture}"),
            "file": world.things.get(f"file of {self._venture}"),
            "receipt": world.things["receipt"],
            "code": world.things["code" if self.name == "apply_join" else "link"],
        }


def _first(table: tuple[tuple[str, str], ...], name: str) -> str:
    return next(value for pattern, value in table if re.match(pattern, name))


def doors() -> Iterator[Door]:
    """In the order of the addresses of the site; those of a venture again, where it is one that not everybody sees."""
    for route, pattern in patterns():
        view = pattern.callback
        door = Door(str(pattern.name), route, view.policy, tuple(m for m in view.methods if m != "HEAD"))
        yield door
        for usual, begin, others in OTHERS:
            if route.startswith(begin) and _first(VENTURES, door.name) in (usual or State):
                yield from (replace(door, of=other) for other in others)
