"""From a round to the content of a template."""

from decimal import Decimal
from typing import Any

from common.text import plain
from rounds.models import FormSection, Round
from rounds.queries import questions_of, stored
from rounds.round_format import VERSION
from rounds.round_format.layout import LAYOUT, QUESTIONS


def content_of(round_: Round) -> dict[str, Any]:
    """What the round decides, without its days, its places and its office."""
    cards: dict[str, Any] = {}
    for slug, layout in LAYOUT.items():
        card = stored(round_, slug)
        said = {name: _plain(card.facts[name]) for name in layout.facts}
        for related, columns in layout.tables.items():
            said[related] = [{name: _plain(row[name]) for name in columns} for row in card.tables[related]]
        cards[slug] = said
    for section in cards["sections"]["form_sections"]:
        if section["slug"] not in FormSection.Slug.values:
            section["slug"] = ""  # a section of questions only is known by its title
    cards[QUESTIONS] = {QUESTIONS: [_question(q) for q in questions_of(round_)]}
    return {"format": VERSION, "cards": {slug: said for slug, said in cards.items() if said}}


def _question(question: Any) -> dict[str, Any]:
    section = question.section
    return {
        "section": section.slug if section.slug in FormSection.Slug.values else section.title,
        "kind": question.kind, "label": question.label, "help_text": question.help_text, "required": question.required,
        "options": question.options, "max_length": question.max_length,
        "asked_if": question.asked_if.label if question.asked_if else "", "asked_if_value": question.asked_if_value,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value
