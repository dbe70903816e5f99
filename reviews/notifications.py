"""Tell experts that there is something to score, from the outbox."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext, override

from accounts.models import Notification
from common.work.outbox import handles
from reviews.models import Review


@handles("to_score")
def tell_the_expert(key: str, payload: dict[str, Any]) -> None:
    """One message in Chinese, as long as something is still open."""
    open_ = Review.objects.filter(pk__in=payload["reviews"], state=Review.State.ASSIGNED)
    if n := open_.count():
        with override("zh-hans"):
            text = ngettext(
                "%(round)s: %(n)s venture is waiting for your score.",
                "%(round)s: %(n)s ventures are waiting for your score.",
                n,
            ) % {"round": payload["round"], "n": n}
        Notification.objects.bulk_create(
            [Notification(user_id=payload["expert"], key=key, text=text, url=reverse("review_home"))],
            ignore_conflicts=True,
        )
