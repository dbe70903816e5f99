"""One card of the set-up at a time: the round's own fields and the table that belongs to the card."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.text import clean
from organizations.models import Place
from rounds.actions.preparing import check_fields, check_seen, locked, written
from rounds.models import FormSection, Round
from rounds.queries import FACTS, TABLES, stored
from rounds.readiness import ALWAYS_ON, LONGEST_LIST

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def save_card(
    round: Round,
    card: str,
    *,
    by: Any,
    facts: Mapping[str, Any] | None = None,
    rows: Rows | None = None,
    places: Sequence[Place] | None = None,
    seen: str | None = None,
) -> Round:
    """Store a card (`rounds.readiness.CARDS`). What is None stays as it is; `rows` replace the card's table in their
    order. What is incomplete is stored and told; only what can not be is refused.

    Raises Conflict once the call has opened, Stale when `seen` (the digest of what was read) is not what is stored.
    """
    row = locked(round, by=by)
    check_seen(row, card, stored(row, card), seen)
    if facts:
        _set_facts(row, card, facts)
    if rows is not None:
        if len(rows) > LONGEST_LIST:
            raise Invalid(_("%(n)s rows are too many; at most %(max)s.") % {"n": len(rows), "max": LONGEST_LIST})
        (_set_sections if card == "sections" else _set_rows)(row, card, rows)
    if places is not None:
        row.places.set(places)
    written(row, card, by=by)
    return row


def _set_facts(round_: Round, card: str, facts: Mapping[str, Any]) -> None:
    allowed = FACTS[card]
    for name, value in facts.items():
        if name not in allowed:
            raise Invalid({name: [_("This does not belong to the card.")]})
        setattr(round_, name, clean(value) if isinstance(value, str) else value)
    if card == "calendar":
        _check_window(round_.opens_at, round_.closes_at)
        round_.days_to_check = False
    if card == "basics" and Round.objects.filter(series=round_.series_id, edition=round_.edition).exclude(
        pk=round_.pk
    ).exists():  # fmt: skip
        raise Invalid({"edition": [_("%(round)s is there already.") % {"round": round_.name}]})
    others = {f.name for f in Round._meta.concrete_fields if f.attname not in facts}
    check_fields(round_, exclude=tuple(others))
    round_.save()


def _check_window(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Invalid({"closes_on": [_("The call must end after it has opened.")]})


def _set_rows(round_: Round, card: str, rows: Rows) -> None:
    related, columns = TABLES[card]
    manager = getattr(round_, related)
    model = manager.model
    numbered = any(f.name == "ordinal" for f in model._meta.concrete_fields)
    made = []
    for n, given in enumerate(rows, 1):
        values = {c: clean(v) if isinstance(v, str) else v for c, v in given.items() if c in columns}
        new = model(round=round_, **values, **({"ordinal": n} if numbered else {}))
        check_fields(new, exclude=("round",), prefix=f"row-{n}-")
        made.append(new)
    _check_once(made, card)
    # No application hangs on these rows before the call opens: the whole table is written anew.
    manager.all().delete()
    model.objects.bulk_create(made)


ONCE = {"money": "category", "eligibility": "kind", "scope": "name"}


def _check_once(rows: Sequence[Any], card: str) -> None:
    name = ONCE.get(card, "label")
    there: set[Any] = set()
    for n, row in enumerate(rows, 1):
        value = getattr(row, name)
        if value in there:
            raise Invalid({f"row-{n}-{name}": [_("“%(value)s” stands there twice.") % {"value": value}]})
        there.add(value)


def _set_sections(round_: Round, card: str, rows: Rows) -> None:
    """Sections keep their rows, because questions hang on them. A section without a slug is a new one of questions only."""
    there = {s.slug: s for s in round_.form_sections.prefetch_related("questions")}
    kept = [str(row["slug"]) for row in rows]
    for needed in ALWAYS_ON:
        if needed not in kept:
            raise Invalid(_("The section “%(section)s” can not be left out.") % {"section": needed.label})
    for slug, section in there.items():
        if slug not in kept:
            if n := len(section.questions.all()):
                raise Invalid(
                    _("“%(section)s” has %(n)s question(s). Move or remove them first.")
                    % {"section": section.label, "n": n}
                )
            section.delete()
    free = (f"own-{n}" for n in range(1, LONGEST_LIST * 2) if f"own-{n}" not in there)
    for n, given in enumerate(rows, 1):
        slug = str(given["slug"]) or next(free)
        section = there.get(slug) or FormSection(round=round_, slug=slug)
        section.title, section.guidance = clean(given.get("title", "")), clean(given.get("guidance", ""))
        section.required, section.ordinal = bool(given.get("required")), n
        check_fields(section, exclude=("round",), prefix=f"row-{n}-")
        if slug not in FormSection.Slug.values and not section.title:
            raise Invalid({f"row-{n}-title": [_("A section of your own needs a title.")]})
        section.save()
