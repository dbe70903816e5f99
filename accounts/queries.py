"""What can be asked about accounts."""

from typing import Any

from accounts.models import Notification, User

PAGE = 30


def notifications_of(user: User, before: int | None = None) -> tuple[list[Notification], int | None]:
    """One page of messages, newest first, and the `before` of the next page (None: there is no more). One query."""
    rows: Any = Notification.objects.filter(user=user)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None
