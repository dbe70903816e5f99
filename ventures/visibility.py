"""Who sees which ventures, and what of them. Rooms above add their readers (an expert sees what is assigned) when they start.

What the selection made of a venture is known to the office alone until the public notice. `Venture.known_to(reader)` is a
venture as a reader may know it; `in_state` and `hidden_from` say the same of many, so that neither a filter nor a count nor
a sum tells more than the page.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from accounts.models import Role, User
from common.machine.actors import SYSTEM
from rounds.states import RoundState
from ventures.states import SELECTED_STATES, State

# Who prepares the selection and who watches over it. Operators, experts and applicants read it in the notice.
OFFICE = (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN)

Condition = Callable[[Any], Q]
_conditions: dict[str, list[Condition]] = {}


def visible_for(*roles: Role) -> Callable[[Condition], Condition]:
    """Register what a role sees, as a condition on ventures."""

    def register(condition: Condition) -> Condition:
        for role in roles:
            _conditions.setdefault(role, []).append(condition)
        return condition

    return register


def visible_q(user: Any) -> Q | None:
    """Condition on ventures that `user` may see; None for nothing."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    q: Q | None = None
    for condition in _conditions.get(user.role, []):
        q = condition(user) if q is None else q | condition(user)
    return q


def knows_selection(reader: Any) -> bool:
    """Whether this reader may know before the public notice what the selection made of a venture."""
    return reader is SYSTEM or (isinstance(reader, User) and reader.is_a(*OFFICE))


def hidden_from(reader: Any) -> Q:
    """Ventures of which this reader may not know the state: they are “in review”, without score, rank and amount."""
    if knows_selection(reader):
        return Q(pk__in=[])
    return Q(state__in=SELECTED_STATES, round__state=RoundState.IN_REVIEW)


def in_state(reader: Any, state: str) -> Q:
    """Ventures that are in `state` as far as this reader may know."""
    if knows_selection(reader):
        return Q(state=state)
    if state == State.IN_REVIEW:
        return Q(state=state) | hidden_from(reader)
    return Q(state=state) & ~hidden_from(reader) if state in SELECTED_STATES else Q(state=state)
