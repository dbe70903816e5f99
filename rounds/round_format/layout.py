"""Which settings a template holds: those of every card but what belongs to one round alone, and no day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round
from rounds.models.round import CONTACTS

# What neither a copy nor a template takes along.
OF_ONE_ROUND = {
    "id",
    "state",
    "state_since",
    "edition",
    "year",
    "own_title",
    "opens_at",
    "closes_at",
    "copied_from",
    "entering_waiver",  # each round gives its own reason
    "days_to_check",
    "created_at",
    "is_demo",
}
# Who runs a round, and where, is asked anew for each.
OF_THE_OFFICE = {"city", "platform_id", "host", "organizer", "co_organizer", *CONTACTS}
QUESTIONS = "questions"
QUESTION = (
    "section", "kind", "label", "help_text", "required", "options", "max_length", "asked_if", "asked_if_value",
)  # fmt: skip

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """Of one card: its facts, and the columns of its tables."""

    facts: Fields
    tables: Mapping[str, Fields]


def _is_kept(field: Any) -> bool:
    return not isinstance(field, models.DateField)  # a moment is one, too


def _facts(card: Card) -> Fields:
    named = [name for name in card.facts if name not in OF_ONE_ROUND | OF_THE_OFFICE]
    fields = {name: Round._meta.get_field(name) for name in named}
    return {name: field for name, field in fields.items() if _is_kept(field)}


def _columns(table: Table) -> Fields:
    model: Any = Round._meta.get_field(table.related).related_model
    fields = {name: model._meta.get_field(name) for name in table.columns}
    return {name: field for name, field in fields.items() if _is_kept(field)}


LAYOUT: Mapping[str, Layout] = {
    slug: Layout(_facts(card), {table.related: _columns(table) for table in card.tables})
    for slug, card in CARDS.items()
}
