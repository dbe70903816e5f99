"""The states of a round. Source of the list: domain notes, section 2."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    PREPARING = "preparing", _("Preparing")
    OPEN = "open", _("Call open")
    CALL_CLOSED = "call_closed", _("Call closed")
    IN_REVIEW = "in_review", _("In review (round)")
    ON_NOTICE = "on_notice", _("On public notice")
    IN_DELIVERY = "in_delivery", _("In delivery")
    CLOSED = "closed", _("Completed")


# What a round is moved by from each state; one that is closed moves no more.
NEXT_MOVE: Mapping[str, str] = {
    RoundState.PREPARING: "open",
    RoundState.OPEN: "close_call",
    RoundState.CALL_CLOSED: "begin_review",
    RoundState.IN_REVIEW: "publish",
    RoundState.ON_NOTICE: "begin_delivery",
    RoundState.IN_DELIVERY: "close",
}
COLOURS: Mapping[str, str] = {RoundState.PREPARING: "secondary"}
