"""How a due date is hung on a venture: whoever has it decides who is told, who may know of it, and where it is done."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse

from accounts.models import Role
from accounts.queries import people_with
from common.machine import due as registry
from common.machine.due import Open, People, nobody
from organizations.models import Membership
from ventures.models import Venture
from ventures.states import Holder, State

OF = "ventures.Venture"


def members(things: Collection[int]) -> Mapping[int, Collection[int]]:
    """Venture → the people of its organization. One query."""
    organizations = Membership.objects.filter(organization__ventures__in=things)
    found: dict[int, list[int]] = defaultdict(list)
    for venture, user in organizations.values_list("organization__ventures", "user"):
        found[venture].append(user)
    return found


@dataclass(frozen=True)
class Hands:
    """What follows from who has a thing. `staff` is told when it stays overdue."""

    people: People
    staff: People
    page: str
    home: str
    read: str


STAFF, MANAGERS = people_with(Role.CLERK, Role.MANAGER), people_with(Role.MANAGER)
# What an applicant has, everybody knows who sees the venture; what the office has, the office alone.
HANDS: Mapping[Holder, Hands] = {
    Holder.APPLICANT: Hands(members, STAFF, "apply_venture", "apply_home", "accounts.signed_in"),
    Holder.STAFF: Hands(STAFF, MANAGERS, "desk_venture", "desk_home", "accounts.read_journal"),
    Holder.MANAGER: Hands(MANAGERS, nobody, "desk_venture", "desk_home", "accounts.read_journal"),
    Holder.FINANCE: Hands(
        people_with(Role.FINANCE), MANAGERS, "desk_venture", "desk_home", "accounts.read_journal"
    ),
}  # fmt: skip


def due(slug: str, *states: State, label: Any, holder: Holder, **more: Any) -> Callable[[Open], Open]:
    """Hang a due date on a venture in these states; `more` says what is otherwise than usual (common.machine.due)."""
    hands = HANDS[holder]
    usual: dict[str, Any] = {
        "people": hands.people, "staff": hands.staff, "home": hands.home, "read": hands.read,
        "page": partial(_address, hands.page),
    }  # fmt: skip
    return registry.due(slug, of=OF, states=states, label=label, holder=holder.label, **{**usual, **more})


def _address(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def due_of(venture: Venture, reader: Any) -> list[registry.Due]:
    """What is due of one venture that the reader sees, the earliest first. Two queries at most."""
    return registry.due_of_rows([venture], reader).get(venture.pk, [])


def with_marks(rows: Sequence[Venture], reader: Any) -> list[Venture]:
    """The rows of a list, which the reader sees, each with what is marked of it: overdue or due soon."""
    dates = registry.due_of_rows(rows, reader)
    for row in rows:
        row.due_marks = registry.marked(dates.get(row.pk, ()))
    return list(rows)
