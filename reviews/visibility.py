"""Whom the review lets see ventures."""

from typing import Any

from django.db.models import Q

from accounts.models import Role
from reviews.models import Review
from ventures.visibility import visible_for


@visible_for(Role.EXPERT)
def given_to_score(user: Any) -> Q:
    """What the expert scores or has scored; a recusal closes the file."""
    return Q(pk__in=Review.objects.visible_to(user).values("venture"))
