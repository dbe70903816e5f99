"""What waits for its end."""

from typing import Any

from django.db.models import QuerySet

from ventures.models import Venture
from ventures.states import Group, waiting

ROW = ("round__series", "organization", "platform")


def to_close(user: Any) -> QuerySet[Venture]:
    """Ventures in closure or whose termination is being settled."""
    return (
        Venture.objects.visible_to(user)
        .filter(state__in=waiting(Group.CLOSURE, Group.TERMINATION))
        .select_related(*ROW)
    )
