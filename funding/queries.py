"""What can be asked about money. Amounts are Decimal 元."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from common.money import ZERO, percent_of, total, yuan
from common.text import masked
from funding.models import Award, Expense, LedgerEntry, Tranche
from funding.triggers import AWAITED
from rounds.models import TrancheRule
from ventures.models import Venture
from ventures.states import AWARDED_STATES, FINAL_STATES, Group, State, in_group

NO_PAYMENTS = FINAL_STATES | in_group(Group.TERMINATION)


@dataclass(frozen=True)
class TrancheLine:
    """A tranche as people see it: paid (with its entry), payable (`blocked` is None) or not yet (the sentence why)."""

    tranche: Tranche
    payment: LedgerEntry | None
    blocked: str | None

    @property
    def state(self) -> str:
        """ "paid", "due" or "waiting"."""
        if self.payment is not None:
            return "paid"
        return "due" if self.blocked is None else "waiting"


@dataclass(frozen=True)
class Money:
    """The money of one venture in 元. Without an agreement everything but `awarded` is 0."""

    awarded: Decimal
    paid: Decimal = ZERO
    spent: Decimal = ZERO
    recovered: Decimal = ZERO
    returned: Decimal = ZERO
    claimed: Decimal | None = None
    award: Award | None = None
    tranches: list[TrancheLine] = field(default_factory=list)

    @property
    def unpaid(self) -> Decimal:
        """核定 less 累计拨付, whatever has become of the venture."""
        return self.awarded - self.paid

    @property
    def balance(self) -> Decimal:
        """结余: paid − spent − returned − recovered; 0 at closure, below 0 when spent money was recovered."""
        return self.paid - self.spent - self.returned - self.recovered

    @property
    def waits_for_an_audit(self) -> bool:
        """A tranche is paid after it, and none is recorded."""
        audited = self.award is None or self.award.is_audited
        return not audited and any(line.tranche.trigger == TrancheRule.Trigger.AUDIT for line in self.tranches)

    @property
    def owed_back(self) -> Decimal:
        """What is claimed and has not come back."""
        return (self.claimed or ZERO) - self.recovered

    @property
    def paid_percent(self) -> Decimal:
        """拨付率."""
        return percent_of(self.paid, self.awarded)

    @property
    def spent_percent(self) -> Decimal:
        """预算执行率: spent of what was paid."""
        return percent_of(self.spent, self.paid)


@dataclass(frozen=True)
class Due:
    """A line of the finance queue: the next tranche of a venture; `blocked` says why it can not be paid now."""

    venture: Venture
    award: Award
    tranche: Tranche
    account: str
    blocked: str | None


def money_of(venture: Venture) -> Money:
    """The money of one venture, as stored now. 3 queries (1 without an agreement)."""
    return money_of_many([venture])[venture.pk]


def money_of_many(ventures: Iterable[Venture]) -> dict[int, Money]:
    """Venture id → its money; 3 queries for any number."""
    by_pk = {v.pk: v for v in ventures}
    awards = (
        Award.objects.filter(venture__in=by_pk)
        .select_related("audit")
        .prefetch_related(Prefetch("tranches", Tranche.objects.prefetch_related("entries")))
    )
    found = {a.venture_id: a for a in awards}
    return {pk: _money(venture, found.get(pk)) for pk, venture in by_pk.items()}


def _money(venture: Venture, award: Award | None) -> Money:
    if award is None:
        return Money(awarded=(venture.awarded or ZERO) if venture.state in AWARDED_STATES else ZERO)
    return Money(
        awarded=award.amount,
        paid=award.paid,
        spent=award.spent,
        recovered=award.recovered,
        returned=award.returned,
        claimed=award.claimed,
        award=award,
        tranches=lines(venture, award, list(award.tranches.all())),
    )


def lines(venture: Venture, award: Award, tranches: list[Tranche]) -> list[TrancheLine]:
    """Tranches in their order, each with its payment or the reason why it can not be paid now. No query when the
    tranches' entries are prefetched."""
    found, earlier = [], None
    for tranche in tranches:
        payment = tranche.payment
        found.append(
            TrancheLine(
                tranche,
                payment,
                why_not_payable(tranche, venture, award, payment, earlier),
            )
        )
        if payment is None and earlier is None:
            earlier = tranche
    return found


def why_not_payable(
    tranche: Tranche,
    venture: Venture,
    award: Award,
    payment: LedgerEntry | None,
    earlier: Tranche | None,
) -> str | None:
    """The sentence that refuses this payment, or None. `earlier` is the first unpaid tranche before this one.

    Pages show it and `actions.pay_tranche` raises it: one source for both.
    """
    named = {
        "tranche": tranche.label,
        "venture": venture,
        "state": venture.get_state_display(),
    }
    if payment is not None:
        return _("“%(tranche)s” of %(venture)s was paid on %(on)s, voucher %(voucher)s.") % {
            **named,
            "on": payment.on,
            "voucher": payment.voucher_number,
        }
    if venture.state in NO_PAYMENTS:
        return _("%(venture)s is “%(state)s”; nothing is paid any more.") % named
    if earlier is not None:
        return _("“%(tranche)s” comes after “%(earlier)s”, which is not paid yet.") % {
            **named,
            "earlier": earlier.label,
        }
    awaited = AWAITED[tranche.trigger]
    if not awaited.is_reached(tranche, venture, award):
        return str(awaited.not_yet) % {**named, "day": tranche.planned_on}
    if award.paid - award.recovered + tranche.amount > award.amount:
        return _(
            "%(paid)s 元 paid less %(recovered)s 元 recovered and %(amount)s 元 more"
            " would exceed the award of %(award)s 元."
        ) % {
            "paid": yuan(award.paid),
            "recovered": yuan(award.recovered),
            "amount": yuan(tranche.amount),
            "award": yuan(award.amount),
        }
    return None


def tranches_due(user: Any) -> list[Due]:
    """The next unpaid tranche of each running agreement that `user` sees, those payable now first. 1 query."""
    # Asked of each tranche, not collected first: who sees everything would collect every venture there is.
    seen = Venture.objects.visible_to(user).filter(pk=OuterRef("award__venture"))
    unpaid = (
        Tranche.objects.filter(Exists(seen))
        .exclude(award__venture__state__in=NO_PAYMENTS)
        .exclude(pk__in=LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT).values("tranche"))
        .select_related("award__audit", "award__venture__organization", "award__venture__round__series")
        .order_by("award__venture__number", "award", "ordinal")
    )
    first: dict[int, Tranche] = {}
    for tranche in unpaid:
        first.setdefault(tranche.award_id, tranche)
    due = []
    for tranche in first.values():
        award, venture = tranche.award, tranche.award.venture
        account = masked(venture.organization.bank_account)
        due.append(
            Due(
                venture,
                award,
                tranche,
                account,
                why_not_payable(tranche, venture, award, None, None),
            )
        )
    return sorted(due, key=lambda d: d.blocked is not None)


def is_paid_to_begin() -> Q:
    """Ventures with an agreement that are paid what is due on signing it. Of a very small award, or by the rules of the
    round, nothing is."""
    unpaid = Tranche.objects.filter(
        award__venture=OuterRef("pk"), trigger=TrancheRule.Trigger.AGREEMENT, entries__isnull=True
    )
    return Q(Exists(Award.objects.filter(venture=OuterRef("pk")))) & ~Q(Exists(unpaid))


def payable_now() -> QuerySet[Tranche]:
    """Of each award the next tranche, if it can be paid now: what `why_not_payable` says, in the database, but for the state
    of the venture."""
    earlier = Tranche.objects.filter(award=OuterRef("award"), ordinal__lt=OuterRef("ordinal"), entries__isnull=True)
    left = F("award__amount") - F("award__paid") + F("award__recovered")
    reached = reduce(or_, (Q(trigger=slug) & awaited.reached() for slug, awaited in AWAITED.items()))
    return Tranche.objects.filter(reached, ~Exists(earlier), entries__isnull=True, amount__lte=left)


def with_money_to_pay(seen: QuerySet[Venture]) -> QuerySet[Venture]:
    """Of these ventures those whose next tranche can be paid now."""
    payable = payable_now().filter(award__venture=OuterRef("pk"))
    return seen.filter(Exists(payable), state__in=AWARDED_STATES - NO_PAYMENTS)


def awaiting_agreement(user: Any) -> QuerySet[Venture]:
    """Awarded ventures that `user` sees and whose agreement is not registered yet. 1 query."""
    return (
        Venture.objects.visible_to(user)
        .filter(state=State.AWARDED, award_record=None)
        .select_related("organization", "round__series")
    )


def totals(ventures: "QuerySet[Venture]") -> dict[str, Any]:
    """Sums over ventures in 元, and how many of them there are and have an agreement. 1 query.

    Keys: ventures, agreements, awarded, paid, spent, recovered, returned, claimed, unpaid, balance.
    """
    # Through the keys: the caller's joins (an expert's assignments) must not count a venture twice.
    sums = Venture.objects.filter(pk__in=ventures.order_by().values("pk")).aggregate(
        ventures=Count("pk"),
        agreements=Count("award_record"),
        awarded=total("awarded", filter=Q(state__in=AWARDED_STATES)),
        **{name: total(f"award_record__{name}") for name in ("paid", "spent", "recovered", "returned", "claimed")},
    )
    sums["unpaid"] = sums["awarded"] - sums["paid"]
    sums["balance"] = sums["paid"] - sums["spent"] - sums["returned"] - sums["recovered"]
    return sums


def ledger_of(venture: Venture) -> "QuerySet[LedgerEntry]":
    """台账 of the office, oldest first. 1 query."""
    return LedgerEntry.objects.filter(award__venture=venture).select_related("tranche")


def expenses_of(venture: Venture) -> "QuerySet[Expense]":
    """支出台账 of the organization, oldest first; `taken_back` is what has a counter-entry. 1 query."""
    taken_back = Exists(Expense.objects.filter(reverses=OuterRef("pk")))
    return Expense.objects.filter(award__venture=venture).annotate(taken_back=taken_back)
