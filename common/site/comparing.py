"""A form over what is stored, that knows what its reader saw: nobody saves over another one's change without knowing it.

Each field comes with the digest of what the page was made from (`{{ field|base_digest }}`, which common/field.html writes). What
somebody else has changed meanwhile stays as it is, if it was not touched here; if it was, both are told at the field, and
sending again saves over it knowingly. `common.site.sending` lets one at a time through.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from common.clock import minute
from common.digests import digest
from common.models import JournalEntry
from common.site.forms import PageForm
from common.text import clean
from common.wording import listed

CONFLICT = 409


def base_digest_name(path: str) -> str:
    """The hidden field with the digest of what the page was made from."""
    return f"base_digest-{path}"


@dataclass(frozen=True)
class Clash:
    """A field that two have written: what was sent and is not stored, and what is."""

    mine: str
    theirs: str
    theirs_digest: str
    by_name: str = ""
    at: str = ""


class ComparedForm(PageForm):
    """`initial` (or the instance) is what is stored now. `last_change`: who saved last and when, asked when it is told."""

    alone: frozenset[str] = frozenset()  # fields that are no part of what is stored: a password that confirms, a reason
    last_change: Callable[[], tuple[str, datetime] | None] | None = None

    def full_clean(self) -> None:
        self.clashes: dict[str, Clash] = {}
        self.renewed: list[str] = []
        super().full_clean()
        if self.is_bound:
            self._compare()

    def _compare(self) -> None:
        for name in self.compared:
            base, stored = self._base(name), self.stored_digest(name)
            if base in {"", stored} or name not in self.cleaned_data or stored in self._written_here(name):
                continue
            mine = digest(canonical(self.cleaned_data[name]))
            if mine == base:
                self.cleaned_data[name] = self.as_cleaned(name)
                self.renewed.append(name)
                self._show_stored(name)
            elif mine != stored:
                texts = self.said(name, self.cleaned_data[name]), self.said(name, self.stored(name))
                self.clashes[name] = Clash(*texts, stored, *self.who_and_when())
        if self.clashes:
            self._tell()

    @property
    def compared(self) -> list[str]:
        instance = getattr(self, "instance", None)
        if instance is not None and instance.pk is None:
            return []  # nothing is stored yet
        return [name for name, field in self.fields.items() if name not in self.alone and not field.disabled]

    def stored(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def stored_digest(self, name: str) -> str:
        return digest(canonical(self.stored(name)))

    def base_digest_of(self, name: str) -> str:
        """What goes into the page: of what is stored, once it was shown; until then of what the reader saw."""
        if not self.is_bound or not self._base(name) or name in self.clashes or name in self.renewed:
            return self.stored_digest(name)
        return self._base(name)

    def _base(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(base_digest_name(name)), ""))

    def _written_here(self, name: str) -> set[str]:
        """Digests of what this very page has sent before: an answer may have got lost on the way."""
        if not hasattr(self.data, "getlist"):
            return set()
        found = set()
        for value in self.data.getlist(self.add_prefix(f"before-{name}")):
            with suppress(ValidationError):
                found.add(digest(canonical(self.fields[name].clean(value))))
        return found

    def who_and_when(self) -> tuple[str, str]:
        """Who saved last, and when; "" when nobody knows."""
        last = self.last_change() if self.last_change else None
        return (last[0], minute(last[1])) if last else ("", "")

    def as_cleaned(self, name: str) -> Any:
        field = self.fields[name]
        try:
            return field.clean(field.prepare_value(self.stored(name)))
        except ValidationError:
            return self.stored(name)

    def _show_stored(self, name: str) -> None:
        """In the place of what was sent and is old, should the page come back."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        self.put_stored(data, name)
        self.data = data

    def put_stored(self, data: Any, name: str) -> None:
        """Into what was sent, in the place of a field."""
        value = self.fields[name].prepare_value(self.stored(name))
        values = value if isinstance(value, list | tuple) else [] if value is None else [value]
        data.setlist(self.add_prefix(name), [str(v) for v in values])

    def said(self, name: str, value: Any) -> str:
        """A value in words."""
        field = self.fields[name]
        rows: Any = getattr(field, "queryset", None)
        choices: Any = getattr(field, "choices", ())
        if isinstance(field, forms.ModelMultipleChoiceField):
            keys = {getattr(v, "pk", v) for v in value or ()}
            words = listed(rows.filter(pk__in=keys))
        elif isinstance(field, forms.ModelChoiceField):
            words = str(rows.filter(pk=getattr(value, "pk", value)).first() or "")
        elif isinstance(field, forms.ChoiceField):
            words = str(dict(choices).get(value, value))
        elif isinstance(value, datetime):
            words = minute(value)
        else:
            words = "" if value is None else str(value)
        return words or "—"

    def _tell(self) -> None:
        """Both are told at the field; sending again saves over what was shown."""
        self.error_status = CONFLICT
        self.add_error(None, _changed(*self.who_and_when()))
        for name, clash in self.clashes.items():
            sentence = _("Stored meanwhile: “%(text)s”. What you typed stands above; saving again replaces it.")
            self.add_error(name, sentence % {"text": clash.theirs})


def last_change_of(subject: Model, verb: str = "") -> Callable[[], tuple[str, datetime] | None]:
    """Who changed a thing last (by such a verb), from the journal: for the sentence, nothing is decided by it."""

    def ask() -> tuple[str, datetime] | None:
        entries = JournalEntry.objects.of(subject)
        entry = (entries.filter(verb=verb) if verb else entries).last()
        return (entry.by_name, entry.at) if entry else None

    return ask


def _changed(who: str, moment: str) -> str:
    if not who:
        return _(
            "Somebody else has changed this after your page was made. Nothing is saved yet: compare, then save again."
        )
    return _(
        "%(who)s has changed this at %(at)s, after your page was made. Nothing is saved yet: compare, then save again."
    ) % {"who": who, "at": moment}


def canonical(value: Any) -> Any:
    """A stored value or a cleaned one, as it is compared: equal meaning, equal value."""
    if value is None or isinstance(value, bool):
        return value or ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return minute(value)
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__iter__"):
        return sorted(str(canonical(v)) for v in value)
    return str(value)
