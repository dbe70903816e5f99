"""One section of the application as a form: its fields by their paths, its tables beside them."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from common.site.comparing import base_digest_name
from common.site.forms import PageForm, a_day_of_ours, style
from ventures.application.completeness import REQUIRED_FACTS, REQUIRED_NARRATIVE, REQUIRED_NUMBERS
from ventures.application.content import Field, Section, canonical
from ventures.application.content.fields import Kind
from ventures.application.forms.facts import fact_field
from ventures.application.forms.narrative import narrative_field
from ventures.application.forms.questions import question_field
from ventures.application.forms.tables import Table, table_of
from ventures.models import Venture

# What a submission needs is marked; a draft is stored without it.
NEEDED = {*REQUIRED_FACTS, *REQUIRED_NUMBERS, *REQUIRED_NARRATIVE}


class SectionForm(PageForm):
    """The fields of a section. Only those are taken from `data` that come with their `base_digest-<path>` and are in
    `only` (None: all); the others show what is stored. Fields that are not `opened` (None: all are) are locked.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        venture: Venture,
        section: Section,
        stored: Mapping[str, Any],
        opened: Collection[str] | None,
        only: Collection[str] | None = None,
    ) -> None:
        self.parts = [f for f in section.fields if f.kind is not Kind.FILES]
        self.stored, self.opened = stored, opened
        self.sent = [
            f.path
            for f in self.parts
            if data is not None and base_digest_name(f.path) in data and (only is None or f.path in only)
        ]
        self.tables = {f.path: self._table(f, data) for f in self.parts if f.kind is Kind.TABLE}
        built = {f.path: _field(f, venture) for f in self.parts if f.kind is not Kind.TABLE}
        initial = {f.path: _initial(f, venture, stored[f.path]) for f in self.parts if f.path in built}
        super().__init__(_filled(data, built, initial, self.sent) if data is not None else None, initial=initial)
        for path, field in built.items():
            style(field.widget)
            if isinstance(field, forms.DateField):
                field.validators.append(a_day_of_ours)
            field.disabled = self._is_locked(path) and path not in self.sent
            self.fields[path] = field
        if not self.is_bound:
            self._mark_needed()

    def _is_locked(self, path: str) -> bool:
        return self.opened is not None and path not in self.opened

    def _table(self, f: Field, data: Any) -> Table:
        if f.path in self.sent:
            return table_of(f, data=data)
        return table_of(f, stored=self.stored[f.path], locked=self._is_locked(f.path))

    def full_clean(self) -> None:
        super().full_clean()
        for path, table in self.tables.items():
            if table.is_bound and not table.is_valid():
                self.add_error(None, _("“%(table)s”: please correct the marked cells.") % {"table": table.title})
                for sentence in table.non_form_errors():
                    self.add_error(None, sentence)
            elif table.is_bound:
                self.cleaned_data[path] = table.values
        if self.is_bound:
            self._refuse_locked()
        self._mark_needed()

    def _refuse_locked(self) -> None:
        """What was typed into a field that is not open (any more) is told, and keeps nothing else from being saved."""
        for f in self.parts:
            if f.path in self.sent and self._is_locked(f.path) and f.path in self.cleaned_data:
                given = self.cleaned_data.pop(f.path)
                if canonical(f, given) != self.stored[f.path]:
                    sentence = _("“%(field)s” is not open for correction.") % {"field": f.label}
                    self.add_error(f.path if f.path in self.fields else None, sentence)

    def _mark_needed(self) -> None:
        for f in self.parts:
            if f.path in self.fields:
                self.fields[f.path].required = f.path in NEEDED or bool(f.question and f.question.required)

    @property
    def values(self) -> dict[str, Any]:
        """Path → cleaned value of what was sent and can be stored."""
        return {path: self.cleaned_data[path] for path in self.sent if path in self.cleaned_data}

    @property
    def bad(self) -> list[str]:
        """Paths of what was sent and can not be stored."""
        return [path for path in self.sent if path not in self.cleaned_data]


def _field(f: Field, venture: Venture) -> forms.Field:
    if f.kind is Kind.FACT:
        return fact_field(f.path, venture.round)
    if f.kind is Kind.NARRATIVE:
        return narrative_field(f.path)
    assert f.question is not None
    return question_field(f.question)


def _initial(f: Field, venture: Venture, value: Any) -> Any:
    """What the field shows of a stored value. Of a category or a place the canonical value is its name only."""
    if f.path in {"category", "place"}:
        return getattr(venture, f"{f.path}_id")
    return value


def _filled(data: Any, built: Mapping[str, forms.Field], initial: Mapping[str, Any], sent: Collection[str]) -> Any:
    """The request's data, with what is stored in the place of fields that were not sent."""
    data = data.copy()
    for path, field in built.items():
        if path not in sent:
            value = field.prepare_value(initial[path])
            data.setlist(path, value if isinstance(value, list) else ["" if value is None else str(value)])
    return data
