"""What a round has left to give: money and places. Whatever proposes an award asks here, and the database as well (the
triggers of `ventures.models.venture`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.money import ZERO, total, yuan
from rounds.models import Round
from ventures.models import Venture


@dataclass(frozen=True)
class Allotment:
    """What is given (元), proposed or awarded, and to how many ventures. What was cancelled or given up is free again; what
    was awarded to a venture that is terminated is not: its money goes back to the office, its place was taken."""

    round: Round
    given: Decimal
    taken: int

    @property
    def money(self) -> Decimal:
        """What is left (元)."""
        return self.round.budget - self.given

    @property
    def places(self) -> int:
        return self.round.quota - self.taken

    def no_place(self) -> str | None:
        """Why nobody can be added; None when a place is free."""
        if self.places > 0:
            return None
        return ngettext(
            "The %(quota)s place of %(round)s is taken.",
            "All %(quota)s places of %(round)s are taken.",
            self.round.quota,
        ) % {"quota": self.round.quota, "round": self.round}

    def no_money(self, amount: Decimal) -> str | None:
        """Why this much (元) can not be given; None when it is there."""
        if amount <= self.money:
            return None
        return _("%(amount)s 元 is more than what is left: %(given)s 元 of %(budget)s 元 are given.") % {
            "amount": yuan(amount),
            "given": yuan(self.given),
            "budget": yuan(self.round.budget),
        }


def allotment_of(round_: Round) -> Allotment:
    """1 query. Who wants to rely on it holds the lock of the round."""
    found = round_.ventures.exclude(awarded=None).aggregate(sum=total("awarded"), n=Count("pk"))
    return Allotment(round_, found["sum"], found["n"])


def allotment_among(round_: Round, ventures: Iterable[Venture]) -> Allotment:
    """The same when every venture of the round that may have an amount is at hand."""
    amounts = [v.awarded for v in ventures if v.awarded is not None]
    return Allotment(round_, sum(amounts, ZERO), len(amounts))
