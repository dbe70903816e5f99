"""The money of rounds: what was awarded, paid, can be paid now and waits; and what was paid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.money import ZERO, total
from funding.models import LedgerEntry
from funding.queries import NO_PAYMENTS, Due
from rounds.models import Round
from ventures.models import Venture
from ventures.states import AWARDED_STATES


@dataclass(frozen=True)
class RoundMoney:
    """The money of a round as far as somebody sees its ventures, 元: `due` can be paid now, `waiting` has no trigger yet or no
    agreement."""

    round: Round
    awarded: Decimal
    paid: Decimal
    due: Decimal
    waiting: Decimal


def money_by_round(user: Any, due: Iterable[Due]) -> list[RoundMoney]:
    """Rounds with awards that this person sees, the newest first; `due` is what `tranches_due` says. 2 queries."""
    payable: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for line in due:
        if line.blocked is None:
            payable[line.venture.round_id] += line.tranche.amount
    seen = Venture.objects.visible_to(user).filter(state__in=AWARDED_STATES)
    running = ~Q(state__in=NO_PAYMENTS)
    rows = (
        Venture.objects.filter(pk__in=seen.order_by().values("pk")).order_by().values("round")
        .annotate(
            given=total("awarded"), paid=total("award_record__paid"),
            to_pay=total("awarded", filter=running), paid_of_it=total("award_record__paid", filter=running),
        )
    )  # fmt: skip
    sums = {row["round"]: row for row in rows}
    rounds = Round.objects.filter(pk__in=sums).select_related("series").order_by("-opens_at", "-pk")
    return [
        RoundMoney(r, row["given"], row["paid"], payable[r.pk], row["to_pay"] - row["paid_of_it"] - payable[r.pk])
        for r in rounds
        for row in [sums[r.pk]]
    ]


def payments_made(user: Any, number: str = "") -> "QuerySet[LedgerEntry]":
    """Payments that this person may see, with whom they went to; with `number` those with such a voucher or agreement."""
    seen = Venture.objects.visible_to(user).filter(pk=OuterRef("award__venture"))
    paid = LedgerEntry.objects.filter(Exists(seen), kind=LedgerEntry.Kind.PAYMENT)
    if number:
        paid = paid.filter(Q(voucher_number__contains=number) | Q(award__agreement_number__contains=number))
    return paid.select_related("tranche", "award__venture__organization", "award__venture__round__series")
