"""What a tranche waits for: one object per trigger. Pages, queue, due dates and laws ask it; nobody asks which it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from rounds.models import TrancheRule
from ventures.models import Venture
from ventures.states import State


@dataclass(frozen=True)
class Awaited:
    """`fact`, `value`: a venture with an agreement has reached it when that field is `value`, or has any when it is None.
    `since`: the day of it, of a venture; `verbs`: the moves after which it is so, where the venture does not keep their moment; `not_yet`: the sentence that refuses."""

    since: Any
    fact: str = ""
    value: Any = None
    verbs: tuple[str, ...] = ()
    not_yet: Any = ""

    def is_reached(self, venture: Venture) -> bool:
        if not self.fact:
            return True
        stored = getattr(venture, self.fact)
        return bool(stored is not None if self.value is None else stored == self.value)

    @property
    def reached(self) -> Q:
        """The same of ventures, in the database."""
        if not self.fact:
            return Q()
        return Q(**({f"{self.fact}__isnull": False} if self.value is None else {self.fact: self.value}))


AWAITED: Mapping[str, Awaited] = {
    TrancheRule.Trigger.AGREEMENT: Awaited(F("award_record__signed_on")),
    TrancheRule.Trigger.MID_TERM: Awaited(
        TruncDate("midterm_passed_at"), "midterm_passed_at",
        not_yet=_("“%(tranche)s” is paid after the mid-term is passed; the venture is “%(state)s” now."),
    ),
    TrancheRule.Trigger.FINAL: Awaited(
        TruncDate("final_passed_at"), "final_score", verbs=("pass_final",),
        not_yet=_("“%(tranche)s” is paid after the final evaluation is passed; the venture is “%(state)s” now."),
    ),
    # Before it is closed: the closing gate waits for the payment.
    TrancheRule.Trigger.CLOSURE: Awaited(
        TruncDate("state_since"), "state", State.SHOWN, verbs=("show", "waive_showcase"),
        not_yet=_("“%(tranche)s” is paid once the venture is in closure; the venture is “%(state)s” now."),
    ),
}  # fmt: skip
