"""Whom the review lets see ventures, and what of the scores is known to others than who gave them."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Q

from accounts.models import Role
from reviews.models import Review
from ventures.visibility import visible_for


@visible_for(Role.EXPERT)
def given_to_score(user: Any) -> Q:
    """What the expert scores or has scored; a recusal closes the file."""
    return Q(pk__in=Review.objects.visible_to(user).values("venture"))


def known(reviews: Iterable[Review]) -> list[Review]:
    """All reviews of one venture as the desk may know them: points and words only when every expert who is not recused
    has submitted. Until then copies, never saved, that tell who is done: half a panel's scores would sway the rest."""
    found = list(reviews)
    if all(review.state != Review.State.ASSIGNED for review in found):
        return found
    return [_without_points(review) for review in found]


def _without_points(review: Review) -> Review:
    bare = copy(review)
    bare.__dict__ |= {"total": None, "comment": "", "_prefetched_objects_cache": {"scores": []}}
    return bare
