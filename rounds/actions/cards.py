"""One card of the set-up at a time: the round's own fields and the tables that belong to the card."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.text import clean
from organizations.models import Place
from rounds.actions.preparing import check_base_digest, locked, written
from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.cards.table import Rows, check_fields
from rounds.models import Round
from rounds.queries import stored


@transaction.atomic
def save_card(
    round: Round,
    card: str,
    *,
    by: Any,
    facts: Mapping[str, Any] | None = None,
    rows: Rows | None = None,
    tables: Mapping[str, Rows] | None = None,
    places: Sequence[Place] | None = None,
    base_digest: str | None = None,
) -> Round:
    """Store a card (`rounds.cards.CARDS`). What is None stays as it is; `rows` replace the card's own table in their
    order, `tables` any of its tables by their related names. What is incomplete is stored and told; only what can not
    be is refused.

    Raises Conflict once the call has opened, Stale when `base_digest` (of what was read) is not what is stored.
    """
    row, spec = locked(round, by=by), CARDS[card]
    check_base_digest(row, card, stored(row, card), base_digest)
    changed = _set_facts(row, spec, facts) if facts else {}
    given = dict(tables or {})
    if rows is not None:
        given[spec.tables[0].related] = rows
    for table in spec.tables:
        if table.related in given:
            table.replace(row, given[table.related])
    if places is not None:
        row.places.set(places)
    spec.agree(row)
    written(row, card, by=by, **changed)
    return row


def _set_facts(round_: Round, card: Card, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Store them. Returns what is different from before, for the journal."""
    before = {name: getattr(round_, name, None) for name in facts}
    for name, value in facts.items():
        if name not in card.facts:
            raise Invalid({name: [_("This does not belong to the card.")]})
        setattr(round_, name, clean(value) if isinstance(value, str) else value)
    card.settle(round_)
    others = {f.name for f in Round._meta.concrete_fields if f.attname not in facts}
    check_fields(round_, exclude=tuple(others))
    round_.save()
    return {name: value for name in facts if (value := getattr(round_, name)) != before[name]}
