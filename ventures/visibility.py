"""Who sees which ventures. Rooms above add their readers (an expert sees what is assigned) when they start."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from accounts.models import Role

Seer = Callable[[Any], Q]
_seers: dict[str, list[Seer]] = {}


def visible_for(*roles: Role) -> Callable[[Seer], Seer]:
    """Register what a role sees, as a condition on ventures."""

    def register(seer: Seer) -> Seer:
        for role in roles:
            _seers.setdefault(role, []).append(seer)
        return seer

    return register


def visible_q(user: Any) -> Q | None:
    """Condition on ventures that `user` may see; None for nothing."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    q: Q | None = None
    for seer in _seers.get(user.role, []):
        q = seer(user) if q is None else q | seer(user)
    return q
