"""The journal on the desk: who did what to which thing, when, with which note."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.deadlines import end_of, start_of
from common.machine.journal_labels import kind_of, label_of, named_kinds, readable_by, state_label, things_of
from common.models import JournalEntry
from common.site.fields import DayField
from common.site.forms import PageForm
from common.site.tables import Minute, Own, Table, Text
from common.site.web import page


class JournalFilter(PageForm):
    """Filters of the journal; they live in the URL."""

    by = forms.CharField(label=_("Who"), max_length=200, required=False)
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Thing"), required=False)
    since = DayField(label=_("From day"), required=False, widget=forms.DateInput)
    until = DayField(label=_("To day"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *named_kinds()]  # type: ignore[attr-defined]


class JournalTable(Table):
    """Entries with the thing that each is about. A row is what `journal` tells of an entry."""

    model = JournalEntry
    empty = _("Nothing in the journal matches.")

    thing = Own(_("Thing"), "thing", cell="common/journal_cells/thing.html")
    what = Own(_("What"), "label", cell="common/journal_cells/what.html")
    who = Text(_("Who"), "entry.by_name")
    when = Minute(_("When"), "entry.at", sort="pk", css="text-nowrap")


@dataclass(frozen=True)
class Told:
    """An entry in the words of its room."""

    entry: JournalEntry
    label: str
    from_label: str
    to: str
    thing: str | None
    kind: Any


@page("accounts.read_journal")
def journal(request: HttpRequest) -> HttpResponse:
    """Newest first, a page by key; the things are fetched with one query per kind."""
    form = JournalFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    entries = JournalEntry.objects.filter(readable_by(request.user))
    if wanted.get("by"):
        entries = entries.filter(by_name__icontains=wanted["by"])
    if wanted.get("words"):
        entries = entries.filter(note__icontains=wanted["words"])
    if wanted.get("kind"):
        entries = entries.filter(subject_kind=wanted["kind"])
    if wanted.get("since"):
        entries = entries.filter(at__gte=start_of(wanted["since"]))
    if wanted.get("until"):
        entries = entries.filter(at__lt=end_of(wanted["until"]))
    table = JournalTable.newest(entries, request)
    things = _things(table.rows, request.user)
    table.rows = [
        Told(
            e,
            label_of(e),
            state_label(e.subject_kind, e.from_state),
            state_label(e.subject_kind, e.to_state),
            things.get((e.subject_kind, e.subject_id)),
            kind_of(e.subject_kind),
        )
        for e in table.rows
    ]
    return render(request, "common/journal.html", {"filter": form, "table": table})


def _things(rows: list[JournalEntry], user: Any) -> dict[tuple[str, int], str]:
    ids = defaultdict(set)
    for e in rows:
        ids[e.subject_kind].add(e.subject_id)
    return {(kind, pk): label for kind, pks in ids.items() for pk, label in things_of(kind, pks, user).items()}
