"""Numbers that offices give: 平民社备〔2020〕12号."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from organizations.identification.check import Problem

SHORTEST = 4


def problems_of_number(number: str) -> Iterable[Problem]:
    """At least four signs, a digit among them; and no ID number (18 digits, or 17 and X): those are not kept here."""
    if len(number) < SHORTEST or not any(c.isdigit() for c in number):
        yield "record_number", _("“%(number)s” is too short, or has no digit.") % {"number": number}
    elif _looks_like_an_id(number):
        yield "record_number", _("This looks like a person's ID number. ID numbers are not kept here.")


def _looks_like_an_id(number: str) -> bool:
    """GB 11643: region, birthday, order, check."""
    plain = number.upper()
    return (
        len(plain) == 18
        and plain[:17].isdigit()
        and (plain[17].isdigit() or plain[17] == "X")
        and plain[6:8] in {"19", "20"}
    )
