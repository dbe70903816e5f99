"""The accounts of the demonstration that a visitor may take, while there is nothing but demonstration data."""

from functools import cache

import yaml
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password

from accounts.models import Role, User
from rounds.models import Round
from simulation.reference import FIXTURES
from simulation.rounds import holds_real_rounds

SPEC = FIXTURES / "pinghu_2020.yaml"
IN_ORDER = (
    Role.APPLICANT, Role.CLERK, Role.MANAGER, Role.FINANCE, Role.EXPERT, Role.OPERATOR, Role.SUPERVISOR, Role.ADMIN,
)  # fmt: skip


def is_demonstration() -> bool:
    """There are demonstration rounds and no others: nobody works with this database."""
    return Round.objects.filter(is_demo=True).exists() and not holds_real_rounds()


def guests() -> list[User]:
    """One account of each role that the printed password opens; none where somebody works with the database."""
    if not is_demonstration():
        return []
    # The first of each role, which is the one in the README: expert1 before expert2.
    known = User.objects.filter(is_demo=True, is_active=True, second_factor_at=None)
    known = known.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found: dict[str, User] = {}
    for user in known.order_by("pk"):
        if user.role not in found and not user.needs_second_factor and opens(user.password):
            found[user.role] = user
    return [found[role] for role in IN_ORDER if role in found]


@cache
def password() -> str:
    """What every account of the demonstration is made with."""
    return str(yaml.safe_load(SPEC.read_text(encoding="utf-8"))["password"])


@cache
def opens(stored: str) -> bool:
    """Whether the printed password is still the one of an account; slow on purpose, and the same hash for all."""
    return check_password(password(), stored)
