"""Tabs of the venture's page that this room hangs, for every audience."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import label_of, name_verbs, show_to_all, state_label, verbs_shown_to_all
from common.models import JournalEntry
from common.site.slots import slot
from ventures.models import Venture
from ventures.states import SELECTION_VERBS
from ventures.work import pages_for

name_verbs(
    remind=_("Reminded"),
    start=_("Start a draft"),
    file_objection=_("Objection filed"),
    objections_not_admitted=_("Objections not admitted"),
    objection_dismissed=_("Objection dismissed"),
    objection_upheld=_("Objection upheld"),
)
show_to_all("start", "file_objection", "objection_dismissed", "objection_upheld")


@slot("venture.actions", order=10, template="ventures/page/_work.html")
def work(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Links to the work that is open to this reader in this state, what the state waits for first."""
    links = [(address, page) for page in pages_for(request.user, venture) if (address := page.address(venture))]
    return {"links": links} if links else None


@slot("venture.tabs", order=10, label=_("Timeline"), template="ventures/page/_progress.html")
def progress(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """Each move with who, when and note, the latest first."""
    entries = JournalEntry.objects.of(venture).order_by("-pk")
    if not request.user.has_perm("accounts.use_desk"):
        entries = entries.exclude(to_state="") | entries.filter(verb__in=verbs_shown_to_all())
    if venture.selection_held_back:
        entries = entries.exclude(verb__in=SELECTION_VERBS)
    return {"moves": _gathered(list(entries), venture._meta.label_lower)}


def _gathered(entries: list[JournalEntry], kind: str) -> list[dict[str, Any]]:
    """Rows of the timeline; what one person recorded several times in a row (activities, expenses) is one row."""
    rows: list[dict[str, Any]] = []
    for e in entries:
        last = rows[-1] if rows else None
        if last and not e.to_state and (last["entry"].verb, last["entry"].by_name) == (e.verb, e.by_name):
            last["times"] += 1
            last["since"] = e.at
            continue
        rows.append({"entry": e, "label": label_of(e), "to": state_label(kind, e.to_state), "times": 1, "since": e.at})
    return rows
