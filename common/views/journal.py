"""The journal on the desk: who did what to which thing, when, in whose words."""

from collections import defaultdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.deadlines import end_of, start_of
from common.machine.journal_labels import kind_of, label_of, named_kinds, state_label, things_of
from common.models import JournalEntry
from common.site.forms import PageForm
from common.site.paging import newest_first
from common.site.web import page


class JournalFilter(PageForm):
    """Filters of the journal; they live in the URL."""

    by = forms.CharField(label=_("Who"), max_length=200, required=False)
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Thing"), required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *named_kinds()]  # type: ignore[attr-defined]


@page("accounts.read_journal")
def journal(request: HttpRequest) -> HttpResponse:
    """Newest first, a page by key; the things are fetched with one query per kind."""
    form = JournalFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    entries = JournalEntry.objects.all()
    if wanted.get("by"):
        entries = entries.filter(by_name__icontains=wanted["by"])
    if wanted.get("words"):
        entries = entries.filter(words__icontains=wanted["words"])
    if wanted.get("kind"):
        entries = entries.filter(subject_kind=wanted["kind"])
    if wanted.get("since"):
        entries = entries.filter(at__gte=start_of(wanted["since"]))
    if wanted.get("until"):
        entries = entries.filter(at__lt=end_of(wanted["until"]))
    rows, next_key = newest_first(entries, request)
    things = _things(rows, request.user)
    told = [
        {
            "entry": e,
            "label": label_of(e),
            "from": state_label(e.subject_kind, e.from_state),
            "to": state_label(e.subject_kind, e.to_state),
            "thing": things.get((e.subject_kind, e.subject_id)),
            "kind": kind_of(e.subject_kind),
        }
        for e in rows
    ]
    return render(request, "common/journal.html", {"filter": form, "rows": told, "next_key": next_key})


def _things(rows: list[JournalEntry], user: Any) -> dict[tuple[str, int], str]:
    ids = defaultdict(set)
    for e in rows:
        ids[e.subject_kind].add(e.subject_id)
    return {(kind, pk): words for kind, pks in ids.items() for pk, words in things_of(kind, pks, user).items()}
