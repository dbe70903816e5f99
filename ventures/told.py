"""After a move: tell the people whom it concerns, from the outbox."""

from typing import Any

from django.utils.translation import override

from accounts.models import Notification, User
from common.door import verb_label
from common.models import JournalEntry
from common.outbox import handles
from ventures.models import Venture


@handles("moved")
def tell_the_applicant(key: str, payload: dict[str, Any]) -> None:
    """One message to each member of the organization, in Chinese, except to the one who did it."""
    entry = JournalEntry.objects.get(pk=payload["entry"])
    if entry.subject_kind != "ventures.venture":
        return
    venture = Venture.objects.only("number", "title", "organization_id").get(pk=entry.subject_id)
    with override("zh-hans"):
        text = f"{venture}:{verb_label(Venture, entry.verb)}。{entry.words}".strip()
    people = User.objects.filter(memberships__organization=venture.organization_id, is_active=True).exclude(
        pk=entry.by_id or 0
    )
    Notification.objects.bulk_create(
        [
            Notification(user_id=pk, key=key, text=text, url=f"/apply/ventures/{venture.pk}/")
            for pk in people.values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )
