"""A problem as JSON, for the commands that solve one (`check_budget`, `select_ventures`): numbers are texts, and all that can
not be read is told at once, each at its place (`rules[0].base`)."""

import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import Invalid

DIGITS = 12  # before and behind the point
CENTS = 2
UNREADABLE = 2  # exit code


class Reading:
    """Goes on after what is wrong: `errors` holds sentences by place."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def wrong(self, at: str, why: str) -> None:
        self.errors.setdefault(at, []).append(why)

    def known(self, row: Mapping[str, Any], keys: frozenset[str], at: str) -> None:
        for key in sorted(set(row) - keys):
            self.wrong(within(at, key), _("Nothing of this name is known here."))

    def rows(self, of: Any, name: str, at: str = "") -> Sequence[Mapping[str, Any]]:
        rows = of.get(name) if isinstance(of, Mapping) else None
        if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
            return rows
        self.wrong(within(at, name), _("A list of objects is expected here."))
        return ()

    def number(
        self,
        row: Mapping[str, Any],
        name: str,
        at: str,
        usual: Decimal | None = None,
        *,
        places: int = DIGITS,
        needed: bool = False,
    ) -> Decimal | None:
        """From 0 on; `usual` where nothing is said that can be read."""
        if row.get(name) is None:
            if needed:
                self.wrong(within(at, name), _("Say a number here."))
            return usual
        number = self.as_number(row[name], within(at, name), places)
        return usual if number is None else number

    def as_number(self, given: Any, at: str, places: int) -> Decimal | None:
        try:
            number = Decimal(given) if isinstance(given, str | int) and not isinstance(given, bool) else None
        except InvalidOperation:
            number = None
        if number is not None and _is_plain(number, places):
            return number
        said = {"given": given, "places": places}
        if places == 0:
            self.wrong(at, _("A whole number from 0 on is expected here, not “%(given)s”.") % said)
        else:
            self.wrong(
                at, _("A number from 0 on with at most %(places)s decimals is expected here, not “%(given)s”.") % said
            )
        return None

    def count(self, row: Mapping[str, Any], name: str, at: str) -> int | None:
        number = self.number(row, name, at, places=0)
        return None if number is None else int(number)

    def name(self, row: Mapping[str, Any], name: str, at: str, *, needed: bool = False) -> str | None:
        given = row.get(name)
        if given is None and not needed:
            return None
        if isinstance(given, str) and given and given.isprintable():
            return given
        self.wrong(within(at, name), _("A name is expected here, not “%(given)s”.") % {"given": ascii(given)})
        return None

    def apart(self, ids: Sequence[str], of: str) -> None:
        """No id twice. Those that could not be read are "" and told already."""
        seen: set[str] = set()
        for n, name in enumerate(ids):
            if name and name in seen:
                self.wrong(f"{of}[{n}].id", _("“%(id)s” is there already.") % {"id": name})
            seen.add(name)


def within(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _is_plain(number: Decimal, places: int) -> bool:
    """From 0 on, and not written so short that it would take a year to work out."""
    if not number.is_finite() or number < 0:
        return False
    __, digits, exponent = number.as_tuple()
    return (
        -DIGITS <= int(exponent) <= DIGITS and len(digits) + int(exponent) <= DIGITS and number == round(number, places)
    )


class ProblemCommand(BaseCommand):
    """JSON in, JSON out. Exit code 2, and sentences, for what can not be read."""

    def answer(self, given: Any) -> Any:
        """The answer to what was read. Raises Invalid, at the places that can not be read."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = json.load(sys.stdin, parse_float=str)
        except (ValueError, RecursionError) as e:
            raise CommandError(_("This is no JSON: %(why)s.") % {"why": e}, returncode=UNREADABLE) from None
        try:
            answer = self.answer(given)
        except Invalid as e:
            told = [f"{at}: {why}" if at else why for at, found in e.fields.items() for why in found]
            raise CommandError("\n".join(told), returncode=UNREADABLE) from None
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
