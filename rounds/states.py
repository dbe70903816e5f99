"""The states of a round and, in one table, what differs by state. Source of the list: domain notes, section 2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """In the order in which a round goes through them; it never goes back."""

    PREPARING = "preparing", _("Preparing")
    OPEN = "open", _("Call open")
    CALL_CLOSED = "call_closed", _("Call closed")
    IN_REVIEW = "in_review", _("In review (round)")
    ON_NOTICE = "on_notice", _("On public notice")
    IN_DELIVERY = "in_delivery", _("In delivery")
    CLOSED = "closed", _("Completed")


@dataclass(frozen=True)
class Row:
    """`next_move` is the verb that a round is moved by; "" when it moves no more."""

    colour: str
    next_move: str

    def told(self) -> Mapping[str, Sequence[str]]:
        """What the documents tell of it: heading → words."""
        return {"next move": [f"`{self.next_move}`" if self.next_move else "—"]}


TABLE: Mapping[str, Row] = {
    RoundState.PREPARING: Row("secondary", "open"),
    RoundState.OPEN: Row("blue", "close_call"),
    RoundState.CALL_CLOSED: Row("blue", "begin_review"),
    RoundState.IN_REVIEW: Row("blue", "publish"),
    RoundState.ON_NOTICE: Row("blue", "begin_delivery"),
    RoundState.IN_DELIVERY: Row("blue", "close"),
    RoundState.CLOSED: Row("blue", ""),
}


def before(state: RoundState) -> frozenset[RoundState]:
    order = list(RoundState)
    return frozenset(order[: order.index(state)])


def since(state: RoundState) -> frozenset[RoundState]:
    """This one and those after it."""
    return frozenset(RoundState) - before(state)
