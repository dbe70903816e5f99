"""What the journal calls this room's things and what is recorded of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs
from reviews.models import Recusal, Result, Review

name_verbs(
    set_panel=_("Panel set"),
    recuse=_("Recusal noted"),
    submit_score=_("Score sheet handed in"),
    unlock=_("Score unlocked"),
    consolidate=_("Scores consolidated"),
)


def _of_the_review(model: type[Model]) -> Callable[[Any], QuerySet[Any]]:
    """All of them for who reads the review, none for others."""
    return lambda user: model._base_manager.all() if user.has_perm("reviews.read_desk") else model._base_manager.none()


name_kind("reviews.review", _("Score sheet"), seen_by=_of_the_review(Review))
name_kind("reviews.recusal", _("Recusal"), seen_by=_of_the_review(Recusal))
name_kind("reviews.result", _("Result of the review"), seen_by=_of_the_review(Result))
