"""Who acts: usually a user; the clock and the citizen without an account are named here. And how it is stamped."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 80


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


def name_of(by: Any) -> str:
    """What the actor is called at this moment, as long as a column of names holds it."""
    return str(by)[:LONGEST_NAME]


def stamp(by: Any, role: str = "by") -> dict[str, Any]:
    """The actor and the name of this moment, as values of the columns `<role>_id` and `<role>_name`."""
    return {f"{role}_id": by.pk, f"{role}_name": name_of(by)}


class Stamped(models.Model):
    """A row that somebody made: `Row(…, **stamp(by))`.

    Number and name, not a foreign key: what was done outlives accounts, and is read with the name of its day.
    """

    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        abstract = True
