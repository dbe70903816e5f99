"""A section of an application as a page: its form over what is stored and what was sent, and how it is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.clock import clock_time
from common.site.comparing import base_digest_name
from ventures.application import actions
from ventures.application.actions.drafts import Clash, Saved
from ventures.application.content import ApplicationContent, Field, Form, Section, canonical, digest
from ventures.application.content.fields import Kind, answers_of, is_asked
from ventures.application.corrections import open_correction, open_paths
from ventures.application.forms import SectionForm, Table
from ventures.application.queries import steps as ask
from ventures.application.queries.content_view import Cell, Column, ShownField, shown_field
from ventures.models import Application, Correction, Pin, Venture


@dataclass(frozen=True)
class Difference:
    """What two have written into one field: who wrote the other text, and when."""

    mine: str
    theirs: str
    theirs_digest: str
    by_name: str
    at: str
    columns: list[Column] = field(default_factory=list)  # of a table, whose rows are (differs, cells)
    own_rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)
    other_rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)


@dataclass
class FieldRow:
    """A field as the page shows it. `base_digest`: of the value that it was made from; "" when it is locked."""

    field: Field
    bound: Any = None
    table: Table | None = None
    base_digest: str = ""
    locked: bool = False
    pin: Pin | None = None
    asked: bool = True
    value: Any = None
    clash: Difference | None = None

    @property
    def path(self) -> str:
        return self.field.path

    @property
    def label(self) -> str:
        return self.field.label

    @property
    def kind(self) -> str:
        return self.field.kind

    @property
    def condition(self) -> tuple[str, str] | None:
        """Path of the question on which this one depends, and the answer that puts it."""
        question = self.field.question
        return (f"q{question.asked_if_id}", question.asked_if_value) if question and question.asked_if_id else None


@dataclass
class SectionPage:
    """`data` of a request, or None; `only`: the paths that are taken from it (None: all that were sent)."""

    venture: Venture
    all_fields: Form
    section: Section
    data: Any = None
    only: Collection[str] | None = None
    clashes: dict[str, Difference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        paths = [f.path for f in self.section.fields]
        self.stored: dict[str, Any] = ApplicationContent(self.venture).values(self.all_fields, paths)
        # After the values: what is marked as written by this very page must not be older than what was read.
        self.application: Application = ask.application_of(self.venture)
        self.opened = open_paths(self.venture)
        self.correction: Correction | None = open_correction(self.venture)
        self.form = SectionForm(
            self.data, venture=self.venture, section=self.section, stored=self.stored, opened=self.opened,
            only=self.only,
        )  # fmt: skip

    @property
    def pins(self) -> Mapping[str, Pin]:
        return {pin.path: pin for pin in self.correction.pins.all()} if self.correction else {}

    def is_locked(self, path: str) -> bool:
        return self.opened is not None and path not in self.opened

    @property
    def rows(self) -> list[FieldRow]:
        answers = self._answers()
        return [self._row(f, answers) for f in self.section.fields]

    def row(self, path: str) -> FieldRow:
        return next(self._row(f, self._answers()) for f in self.section.fields if f.path == path)

    def _row(self, f: Field, answers: dict[int, Any]) -> FieldRow:
        locked = self.is_locked(f.path)
        sent = f.path in self.form.sent
        return FieldRow(
            field=f,
            bound=self.form[f.path] if f.path in self.form.fields else None,
            table=self.form.tables.get(f.path),
            base_digest=self.data[base_digest_name(f.path)] if sent else "" if locked else digest(self.stored[f.path]),
            locked=locked and not sent,
            pin=self.pins.get(f.path),
            asked=f.question is None or is_asked(f.question, answers),
            value=self.stored[f.path],
            clash=self.clashes.get(f.path),
        )

    def _answers(self) -> dict[int, Any]:
        """By what stands on the page now, stored or not."""
        given: dict[int, Any] = answers_of(self.venture) if any(f.question for f in self.section.fields) else {}
        for f in self.section.fields:
            if f.question is not None and f.path in self.form.sent:
                typed = self.form[f.path].value()
                given[f.question.pk] = typed if isinstance(typed, list) else str(typed or "")
        return given

    # --- Saving -----------------------------------------------------------------------------------------------------

    def save(self, by: Any, *, choices: Mapping[str, str] | None = None, page: str = "", sequence: int = 0) -> Saved:
        """Store what is valid. `choices`: path → digest of the other text that was shown before one's own was chosen.

        `page` and `sequence` name this very page and count its savings: what the page itself has stored before (an
        answer may get lost on the way) is no other person's text.
        """
        base_digests = {path: self.data[base_digest_name(path)] for path in self.form.sent}
        for path in base_digests:
            if choices and path in choices:
                base_digests[path] = choices[path]
            elif page and self._written_before(path, page, sequence):
                base_digests[path] = digest(self.stored[path])
        return actions.save_draft(
            self.venture,
            by=by,
            values=self.form.values,
            base_digests=base_digests,
            client_tag=f"{page}:{sequence}" if page else "",
        )

    def _written_before(self, path: str, page: str, sequence: int) -> bool:
        tag = self.application.touched.get(path, ["", "", ""])[2]
        writer, __, before = tag.rpartition(":")
        return bool(writer == page and before.isdecimal() and int(before) < sequence)


def differences_of(saved: Saved, sent: SectionPage, stored: Mapping[str, Any]) -> dict[str, Difference]:
    """The clashes of a saving as they are shown: what `sent` has, and what is stored now."""
    return {c.field.path: _difference(saved, c, sent.form.cleaned_data[c.field.path], stored) for c in saved.clashes}


def _difference(saved: Saved, clash: Clash, given: Any, stored: Mapping[str, Any]) -> Difference:
    path = clash.field.path
    who, at, *__ = saved.application.touched.get(path, ["", ""])
    mine, theirs = canonical(clash.field, given), stored[path]
    tables = (
        [shown_field(clash.field, value, contact=True) for value in (mine, theirs)]
        if clash.field.kind is Kind.TABLE
        else []
    )
    return Difference(
        clash.mine, clash.theirs, saved.base_digests[path], who, clock_time(datetime.fromisoformat(at)) if at else "",
        own_rows=_rows(mine, theirs, tables[0]) if tables else [],
        other_rows=_rows(theirs, mine, tables[1]) if tables else [],
        columns=tables[0].columns if tables else [],
    )  # fmt: skip


def _rows(rows: list[Any], others: list[Any], shown: ShownField) -> list[tuple[bool, list[Cell]]]:
    """Rows in words, each with whether the other table has no such row."""
    return [(row not in others, cells) for row, cells in zip(rows, shown.rows, strict=True)]
