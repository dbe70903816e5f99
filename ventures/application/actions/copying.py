"""Beginning from what was written before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Conflict, NotAllowed
from common.models import record
from ventures.application.actions.drafts import Saved, save_draft
from ventures.application.content import ApplicationContent, Form, form_of
from ventures.application.content.fields import NARRATIVE, TABLES, Field, Kind
from ventures.application.content.values import is_empty
from ventures.models import Application, Venture
from ventures.states import State

# What belongs to the earlier venture alone: its name and its time.
NOT_COPIED = frozenset({"title", "starts_on", "ends_on"})


@transaction.atomic
def copy_from(venture: Venture, *, by: Any, source: Venture) -> Saved:
    """Fill the empty fields of a draft from an earlier application of the same organization; nothing is replaced.

    Categories, heads and questions are found by their words; days of the schedule move with the year of the round; files are
    not copied. Raises NotAllowed, Conflict (another organization's, or no draft).
    """
    if not by.has_perm("ventures.view", source):
        raise NotAllowed
    if source.organization_id != venture.organization_id:
        raise Conflict(_("Only an application of the same organization can be copied."))
    if venture.state != State.DRAFT:
        raise Conflict(_("Only a draft can be filled from an earlier application."))
    form = form_of(venture.round)
    stored = ApplicationContent(venture).values(form)
    offered = _values(source, venture, form)
    values = {path: value for path, value in offered.items() if is_empty(stored.get(path)) and not is_empty(value)}
    saved = save_draft(venture, by=by, values=values)
    Application.objects.filter(venture=venture).update(copied_from=source)
    record(venture, "copy_from", by=by, source=source.number or source.pk, fields=len(saved.written))
    return saved


def _values(source: Venture, venture: Venture, form: Form) -> dict[str, Any]:
    content = ApplicationContent(source)
    said = _answers_by_label(content)
    years = venture.round.year - source.round.year
    values: dict[str, Any] = {}
    for f in form:
        if f.path in NOT_COPIED:
            continue
        if f.kind is Kind.FACT:
            values[f.path] = getattr(source, f.path)
        elif f.path in NARRATIVE:
            values[f.path] = getattr(content.application, f.path)
        elif f.kind is Kind.TABLE:
            _model, columns = TABLES[f.path]
            rows = [{c: _moved(getattr(row, c), years) for c in columns} for row in content.rows(f.path)]
            values[f.path] = [row | _not_offered(row, f) for row in rows]
        elif f.kind is Kind.ANSWER and f.label in said:
            values[f.path] = said[f.label]
    if category := values.get("category"):
        values["category"] = venture.round.categories.filter(name=category.name).first()
    return values


def _not_offered(row: Mapping[str, Any], f: Field) -> dict[str, str]:
    """Left open for a choice among what this round offers, like a head that it does not have."""
    return {name: "" for name, offered in f.choices.items() if row[name] not in offered}


def _answers_by_label(content: ApplicationContent) -> dict[str, Any]:
    given, form = content.answers, form_of(content.venture.round)
    return {f.label: given[f.question.pk] for f in form if f.question and f.question.pk in given}


def _moved(value: Any, years: int) -> Any:
    if not isinstance(value, date):
        return value
    try:
        return value.replace(year=value.year + years)
    except ValueError:  # 29 February
        return value.replace(year=value.year + years, day=28)
