"""From the content of a template to what the cards store."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.wording import listed
from rounds.round_format import VERSION
from rounds.round_format.layout import LAYOUT, QUESTION, QUESTIONS, Fields, Layout

Rows = list[dict[str, Any]]


@dataclass
class Rules:
    """By card: facts, and rows of its tables. What a template does not say is not here: the round keeps what it has."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, dict[str, Rows]] = field(default_factory=dict)
    questions: Rows = field(default_factory=list)


def read(content: Any) -> Rules:
    """Raises Invalid, which names each place (`cards.money.cap`) that can not be read, or the version that differs."""
    if not isinstance(content, Mapping) or not isinstance(content.get("cards"), Mapping):
        raise Invalid({"cards": [_("This is no template of a round: it has no cards.")]})
    if content.get("format") != VERSION:
        said = {"given": content.get("format", "—"), "known": VERSION}
        raise Invalid(
            {"format": [_("The template is of format %(given)s; this system reads format %(known)s.") % said]}
        )
    reading = _Reading()
    rules = Rules()
    for slug, given in content["cards"].items():
        at = f"cards.{slug}"
        if slug == QUESTIONS:
            rules.questions = list(reading.questions(given, at))
        elif slug not in LAYOUT:
            reading.unknown(at, LAYOUT)
        elif isinstance(given, Mapping):
            rules.facts[slug], rules.tables[slug] = reading.card(given, LAYOUT[slug], at)
        else:
            reading.wrong(at, _("Names and values are expected here."))
    if reading.errors:
        raise Invalid(reading.errors)
    return rules


class _Reading:
    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def wrong(self, at: str, sentence: str) -> None:
        self.errors.setdefault(at, []).append(sentence)

    def unknown(self, at: str, known: Collection[str]) -> None:
        self.wrong(at, _("This is not known here; known are: %(known)s.") % {"known": listed(known)})

    def card(self, given: Mapping[str, Any], layout: Layout, at: str) -> tuple[dict[str, Any], dict[str, Rows]]:
        for name in given:
            if name not in layout.facts and name not in layout.tables:
                self.unknown(f"{at}.{name}", [*layout.facts, *layout.tables])
        facts = self._values({n: v for n, v in given.items() if n in layout.facts}, layout.facts, at)
        tables = {
            n: list(self._rows(given[n], columns, f"{at}.{n}")) for n, columns in layout.tables.items() if n in given
        }
        return facts, tables

    def questions(self, given: Any, at: str) -> Iterator[dict[str, Any]]:
        rows = given.get(QUESTIONS) if isinstance(given, Mapping) else None
        for n, row in enumerate(rows if isinstance(rows, list) else [], 1):
            for name in row:
                if name not in QUESTION:
                    self.unknown(f"{at}.{n}.{name}", QUESTION)
            yield {name: row[name] for name in QUESTION if name in row}

    def _rows(self, rows: Any, columns: Fields, at: str) -> Iterator[dict[str, Any]]:
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self.wrong(at, _("A list of rows is expected here."))
            return
        for n, row in enumerate(rows, 1):
            for name in row:
                if name not in columns:
                    self.unknown(f"{at}.{n}.{name}", list(columns))
            yield self._values({name: v for name, v in row.items() if name in columns}, columns, f"{at}.{n}")

    def _values(self, given: Mapping[str, Any], fields: Fields, at: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in given.items():
            try:
                values[name] = fields[name].to_python(value)
            except (ValidationError, ArithmeticError, TypeError, ValueError):
                self.wrong(f"{at}.{name}", _("“%(value)s” can not be read here.") % {"value": value})
        return values
