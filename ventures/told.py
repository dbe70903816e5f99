"""After a move: tell the people whom it concerns, from the outbox."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from accounts.models import Notification, User
from common.door import verb_label
from common.models import JournalEntry
from common.outbox import handles
from ventures.models import Venture
from ventures.states import SELECTION_VERBS, State

ROUND, VENTURE = "ventures.round", "ventures.venture"


@handles("moved")
def tell_the_applicant(key: str, payload: dict[str, Any]) -> None:
    """One message to each member of the organization, in Chinese, except to the one who did it.

    The selection is told when the notice is published: what is proposed has a move of its own then (publish), what
    is not proposed is told here. Later moves (a reserve that moves up) are told at once.
    """
    entry = JournalEntry.objects.get(pk=payload["entry"])
    if entry.subject_kind == ROUND and entry.verb == "publish":
        for selected in _not_proposed(entry):
            _tell(selected, f"{key}:{selected.subject_id}", by_id=entry.by_id)
    elif entry.subject_kind == VENTURE and not _is_selection(entry):
        _tell(entry, key, by_id=entry.by_id)


def _is_selection(entry: JournalEntry) -> bool:
    return entry.verb in SELECTION_VERBS and entry.from_state == State.IN_REVIEW


def _not_proposed(published: JournalEntry) -> QuerySet[JournalEntry]:
    """From the journal, not from the states: these may have changed again when the message goes out."""
    return JournalEntry.objects.filter(
        subject_kind=VENTURE,
        subject_id__in=Venture.objects.filter(round=published.subject_id).order_by().values("pk"),
        verb__in=("keep_in_reserve", "decline"),
        from_state=State.IN_REVIEW,
        pk__lt=published.pk,
    ).order_by("pk")


def _tell(entry: JournalEntry, key: str, *, by_id: int | None) -> None:
    venture = Venture.objects.only("number", "title", "organization_id").get(pk=entry.subject_id)
    with override("zh-hans"):
        text = f"{venture}:{verb_label(Venture, entry.verb)}。{entry.words}".strip()
    people = User.objects.filter(memberships__organization=venture.organization_id, is_active=True)
    Notification.objects.bulk_create(
        [
            Notification(user_id=pk, key=key, text=text, url=f"/apply/ventures/{venture.pk}/")
            for pk in people.exclude(pk=by_id or 0).values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )
