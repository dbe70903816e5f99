"""Choosing a round in a filter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.paging import row_number

ROUNDS = 30  # in the list of a filter


def offer_rounds(form: forms.Form, rounds: Any) -> None:
    """Fill the field `round` of a filter: the newest, and the one that is asked for; the others are reached from the
    board, and all are understood."""
    field: Any = form.fields["round"]
    field.queryset = rounds.select_related("series")
    asked = row_number(str(form.data.get("round", "")))
    chosen = [] if asked is None else list(field.queryset.filter(pk=asked))
    newest = [r for r in field.queryset.order_by("-pk")[:ROUNDS] if r.pk != asked]
    field.choices = [("", _("All"))] + [(r.pk, r.name) for r in chosen + newest]
