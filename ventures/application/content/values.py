"""Canonical values: what is compared, frozen and shown. Equal meaning, equal value, equal digest."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from common.digests import as_json, digest
from common.money import MoneyField
from common.text import clean
from common.wording import bracketed
from ventures.application.content.fields import TABLES, Field, Kind
from ventures.models import Venture

__all__ = ["as_json", "canonical", "digest", "empty", "is_empty", "shown", "title_of"]


def empty(field: Field) -> Any:
    """What a field says before anybody has written."""
    if field.kind in {Kind.TABLE, Kind.FILES}:
        return []
    if field.question is not None:
        return field.question.of_kind.empty
    return ""


def canonical(field: Field, value: Any) -> Any:
    """A cleaned value of a form, or a stored one, as it is compared and frozen."""
    if field.kind is Kind.TABLE:
        model, columns = TABLES[field.path]
        return [{name: _cell(model, name, row.get(name)) for name in columns} for row in value or ()]
    if field.kind is Kind.FACT:
        return title_of(value) if field.path == "title" else _cell(Venture, field.path, value)
    if field.question is not None:
        return field.question.of_kind.kept(value)
    return clean(value or "")


def title_of(title: str) -> str:
    """Stored without 《》; everything else (——, quotes, inner spaces) is part of it."""
    return clean(title or "").removeprefix("《").removesuffix("》")


def _cell(model: Any, name: str, value: Any) -> Any:
    column = model._meta.get_field(name)
    if value is None or value == "":
        value = column.get_default() if column.has_default() else None
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}" if isinstance(column, MoneyField) else f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else clean(str(value))


def shown(field: Field, value: Any) -> str:
    """A canonical value in words, for comparison and messages. Tables and files: a line for each row."""
    if field.kind is Kind.TABLE:
        return "\n".join(" · ".join(_cell_text(field.path, name, cell) for name, cell in row.items()) for row in value)
    if field.kind is Kind.FILES:
        return "\n".join(f"{f['name']}{bracketed(f['sha256'][:12])}" for f in value)
    return field.question.of_kind.said(value) if field.question is not None else str(value)


def _cell_text(table: str, name: str, cell: Any) -> str:
    choices: Mapping[Any, Any] = dict(TABLES[table][0]._meta.get_field(name).flatchoices)
    return str(choices.get(cell, cell))


def is_empty(value: Any) -> bool:
    return value in ("", [], None, 0)
