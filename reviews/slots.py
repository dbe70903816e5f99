"""What this room hangs on pages below: the review tab of a venture."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from reviews.models import Result, Review
from reviews.visibility import known
from ventures.models import Venture


@slot("venture.tabs", order=30, label=_("Review"), template="reviews/_tab.html")
def review(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Staff see every score once all are in; the applicant sees the result once the venture is placed, never who gave
    what."""
    reviews = list(Review.objects.filter(venture=venture).select_related("expert").order_by("pk"))
    if not reviews:
        return None
    staff = request.user.has_perm("reviews.read_desk")
    if not staff and venture.score is None:
        return None
    result = Result.objects.filter(venture=venture).first()
    return {
        "venture": venture,
        "result": result,
        "reviews": known(reviews) if staff else [],
        "may_unlock": request.user.has_perm("rounds.run", venture) and venture.state == "in_review",
    }
