"""Saving an application while it is written: by whoever may write, never over what somebody else has written meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Conflict, Invalid
from common.money import ZERO
from common.text import clean
from common.wording import listed
from ventures.application.actions.locking import lock_for_writing
from ventures.application.content import ApplicationContent, Field, Form, canonical, digest, form_of, shown, title_of
from ventures.application.content.fields import TABLES, Kind
from ventures.application.corrections import open_paths
from ventures.models import Answer, Application, Pin, Venture
from ventures.search_index import index_venture

MOST_ROWS = 60  # of one table


class Locked(Conflict):
    """The field is not one of those that the correction has opened."""


@dataclass(frozen=True)
class Clash:
    """A field that two have written: what is stored, and what was sent and is not stored."""

    field: Field
    mine: str
    theirs: str


@dataclass
class Saved:
    """What a saving did. `base_digests` are the digests of what is stored now, for the fields that were sent."""

    application: Application
    written: list[str] = field(default_factory=list)
    base_digests: dict[str, str] = field(default_factory=dict)
    renewed: dict[str, Any] = field(default_factory=dict)  # not touched here, changed by somebody else: canonical
    clashes: list[Clash] = field(default_factory=list)
    by_name: str = ""  # who had saved before

    @property
    def version(self) -> int:
        return self.application.version


@transaction.atomic
def save_draft(
    venture: Venture,
    *,
    by: Any,
    values: Mapping[str, Any],
    base_digests: Mapping[str, str] | None = None,
    client_tag: str = "",
) -> Saved:
    """Store fields of the application, complete or not: path → cleaned value (a table: all its rows).

    `base_digests` has for each path the digest of the value that the page was made from. A field that somebody else has
    changed since is not overwritten: it comes back as a clash with both texts, or, when it was not touched here,
    with its new value. Without `base_digests` what is given is written. `client_tag` is kept beside who and when.

    Raises NotAllowed, Conflict (not editable now), Locked (returned, and the field is not open), Invalid.
    """
    row = lock_for_writing(venture, by=by)
    form = form_of(row.round)
    fields = {path: _field(form, path) for path in values}
    stored = ApplicationContent(row).values(form, values)
    application, __ = Application.objects.select_for_update(of=("self",)).get_or_create(venture=row)
    saved = Saved(application, by_name=application.saved_by_name)
    for path, f in fields.items():
        given = canonical(f, values[path])
        saved.base_digests[path] = digest(stored[path])
        if given == stored[path]:
            continue
        if base_digests is None or base_digests.get(path) == saved.base_digests[path]:
            saved.written.append(path)
            saved.base_digests[path] = digest(given)
        elif base_digests.get(path) == digest(given):
            saved.renewed[path] = stored[path]
        else:
            saved.clashes.append(Clash(f, shown(f, given), shown(f, stored[path])))
    check_open(row, [fields[path] for path in saved.written])
    if saved.written:
        _write(row, application, {path: values[path] for path in saved.written}, fields)
        application.note_saving(by)
        told = [application.saved_by_name, application.saved_at.isoformat(), clean(client_tag)[:80]]
        application.touched |= dict.fromkeys(saved.written, told)
        application.save()
        _show_to_caller(venture, row)
    return saved


def check_open(venture: Venture, fields: Sequence[Field]) -> None:
    """Raise Locked when one of the fields is not open."""
    opened = open_paths(venture)
    if opened is None or not (closed := [f for f in fields if f.path not in opened]):
        return
    labels = Pin.objects.filter(correction__venture=venture.pk, correction__answered_by=None)
    raise Locked(
        _("“%(field)s” is not open for correction. Open are: %(open)s.")
        % {"field": closed[0].label, "open": listed(labels.values_list("label", flat=True))}
    )


def _field(form: Form, path: str) -> Field:
    found = form.get(path)
    if found is None or found.kind is Kind.FILES:
        raise Invalid(_("The form of this round has no field “%(path)s”.") % {"path": path})
    return found


def _write(row: Venture, application: Application, values: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
    facts: dict[str, Any] = {}
    for path, value in values.items():
        f = fields[path]
        if f.kind is Kind.FACT:
            facts[path] = title_of(value) if path == "title" else value
        elif f.kind is Kind.NARRATIVE:
            setattr(application, path, clean(value or ""))
        elif f.kind is Kind.ANSWER:
            assert f.question is not None
            Answer.objects.update_or_create(venture=row, question=f.question, defaults={"value": canonical(f, value)})
        else:
            _write_table(row, path, value)
            if path == "budget":
                facts |= sums(value)
    if facts:
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
        if "title" in facts:
            index_venture(row.pk)


def _write_table(row: Venture, path: str, lines: Sequence[Mapping[str, Any]]) -> None:
    if len(lines) > MOST_ROWS:
        raise Invalid({path: [_("%(n)s rows are too many; at most %(most)s.") % {"n": len(lines), "most": MOST_ROWS}]})
    model, columns = TABLES[path]
    model.objects.filter(venture=row).delete()
    model.objects.bulk_create(
        model(venture=row, ordinal=n, **{c: line[c] for c in columns if c in line}) for n, line in enumerate(lines, 1)
    )


def sums(lines: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The three totals of the venture, which are never typed."""
    return {
        total: sum((line.get(column) or ZERO for line in lines), ZERO)
        for total, column in (("total_budget", "amount"), ("requested", "from_grant"), ("self_raised", "from_own"))
    }


def _show_to_caller(venture: Venture, row: Venture) -> None:
    for f in row._meta.concrete_fields:
        if f.attname not in {"state", "id"}:
            setattr(venture, f.attname, getattr(row, f.attname))
