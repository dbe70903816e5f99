"""Who sees which ventures. Rooms above add their readers (an expert sees what is assigned) when they start."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from accounts.models import Role

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
