"""For whom a summary is made. A file goes from hand to hand: what it holds is what all of its readers may know."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """From the widest, who may know least, to the narrowest."""

    PLATFORM = "platform", _("the incubation platform")
    OFFICE = "office", _("the office")
    REVIEW = "review", _("those who run the review")


# The permission that makes somebody one of them.
MAY: dict[Audience, str] = {
    Audience.PLATFORM: "ventures.read_desk",
    Audience.OFFICE: "accounts.read_journal",
    Audience.REVIEW: "reviews.read_desk",
}


def audiences_of(user: Any) -> list[Audience]:
    """Those of which this person is one; nothing for who has no part in summaries."""
    return [audience for audience, perm in MAY.items() if user.has_perm(perm)]


def narrowest(audiences: list[Audience]) -> Audience:
    """Who may read something that holds what is meant for each of these."""
    order = list(Audience)
    return max(audiences, key=order.index)
