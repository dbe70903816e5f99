"""Who acts. Usually a user; the clock and the citizen without an account are named here."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Actor:
    """Someone without an account. `name` goes into the journal."""

    pk = None
    is_authenticated = False
    is_active = True

    def __init__(self, name: Any, may: bool) -> None:
        self.name = name
        self.may = may

    def __str__(self) -> str:
        return str(self.name)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.may


SYSTEM = Actor(_("System"), may=True)
CITIZEN = Actor(_("A citizen"), may=False)
