"""Laws of the money."""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from common.models import JournalEntry
from common.money import ZERO, total, yuan
from funding.models import Award, Expense, LedgerEntry, Tranche
from funding.queries import is_paid_to_begin
from funding.triggers import AWAITED
from rounds.models import BudgetHead, TrancheRule
from ventures.models import NoticeLine, Venture
from ventures.states import State

PAYMENT, RECOVERY, RETURN = LedgerEntry.Kind.PAYMENT, LedgerEntry.Kind.RECOVERY, LedgerEntry.Kind.RETURN
# In these a venture works under its agreement.
UNDER_AGREEMENT = {
    State.IN_DELIVERY, State.MID_TERM, State.RECTIFYING, State.IN_EVALUATION, State.EVALUATED, State.SHOWN, State.CLOSED,
}  # fmt: skip
TERMINATED = {State.TERMINATING, State.TERMINATED}


@invariant(gettext_lazy("The tranches add up to the award"))
def tranches_add_up_to_the_award() -> Violations:
    """10,000.01 元 is cut into 5,000.01 + 3,333.00 + 1,667.00. With 1,666.99 as the last, a cent is lost."""
    awards = Award.objects.annotate(sum=total("tranches__amount")).exclude(sum=F("amount"))
    for award in awards.select_related("venture").iterator():
        yield award.venture, _("the tranches add up to %(sum)s 元, the award is %(amount)s 元.") % {
            "sum": yuan(award.sum), "amount": yuan(award.amount),
        }  # fmt: skip


@invariant(gettext_lazy("Each running total is the sum of what is written in the ledger"))
def running_totals_are_the_sums_of_the_ledger() -> Violations:
    """Paid 5,000.01 and 3,333.00 元: paid is 8,333.01 元. Spent by vouchers 4,000.00 and 1,000.00 元: spent is
    5,000.00 元. A total that no voucher has moved is a voucher that somebody took away."""
    entries = LedgerEntry.objects.filter(award=OuterRef("pk")).order_by().values("award")
    expenses = Expense.objects.filter(award=OuterRef("pk")).order_by().values("award")
    written = {"paid": entries.filter(kind=PAYMENT), "recovered": entries.filter(kind=RECOVERY),
               "returned": entries.filter(kind=RETURN), "spent": expenses}  # fmt: skip
    sums = {f"written_{name}": Coalesce(Subquery(rows.values(sum=Sum("amount"))), 0) for name, rows in written.items()}
    right = Q(**{name: F(f"written_{name}") for name in written})
    for award in Award.objects.annotate(**sums).exclude(right).select_related("venture").iterator():
        for name in written:
            stored, summed = getattr(award, name), getattr(award, f"written_{name}")
            if stored != summed:
                label = Award._meta.get_field(name).verbose_name  # type: ignore[union-attr]
                yield award.venture, _("“%(total)s” is %(stored)s 元, the entries add up to %(summed)s 元.") % {
                    "total": label, "stored": yuan(stored), "summed": yuan(summed),
                }  # fmt: skip


@invariant(gettext_lazy("An expense is of a head of its round"))
def an_expense_is_of_a_head_of_its_round() -> Violations:
    """人员费用, 活动费用 … 其他费用: what was spent on anything else could not be held against the budget."""
    heads = BudgetHead.objects.filter(round=OuterRef("award__venture__round"), name=OuterRef("head"))
    for expense in Expense.objects.filter(~Exists(heads)).select_related("award__venture").iterator():
        yield expense.award.venture, _("“%(expense)s” is of “%(head)s”, which is no head of the round.") % {
            "expense": expense.summary, "head": expense.head,
        }  # fmt: skip


@invariant(gettext_lazy("Paid stays within the award, spent within paid, recovered within the claim"))
def money_stays_within_its_limits() -> Violations:
    """Of an award of 50,000.00 元 25,000.00 元 are paid: no more can be spent. Terminated, 5,000.00 元 are claimed: no
    more comes back. What came back may be paid again, never more than the award in all."""
    wrong = (
        Q(paid__gt=F("amount") + F("recovered")) | Q(spent__gt=F("paid") - F("returned"))
        | Q(recovered__gt=Coalesce(F("claimed"), 0)) | Q(claimed__gt=F("paid") - F("returned"))
    )  # fmt: skip
    for award in Award.objects.filter(wrong).select_related("venture").iterator():
        numbers = {
            name: yuan(getattr(award, name) or ZERO)
            for name in ("amount", "paid", "spent", "returned", "claimed", "recovered")
        }
        said = _(
            "awarded %(amount)s, paid %(paid)s, spent %(spent)s, returned %(returned)s, claimed %(claimed)s, "
            "recovered %(recovered)s 元."
        )
        yield award.venture, said % numbers


def _moved_at(trigger: str) -> Subquery:
    """When the venture of a payment first made a move that the trigger waits for."""
    moved = JournalEntry.objects.filter(subject_kind="ventures.venture", subject_id=OuterRef("award__venture"))
    return Subquery(moved.filter(verb__in=AWAITED[trigger].verbs).order_by("at").values("at")[:1])


@invariant(gettext_lazy("Nothing is paid before its trigger"))
def nothing_is_paid_before_its_trigger() -> Violations:
    """首期款 from the day on which the agreement was signed, 二期款 after the mid-term was passed, 尾款 after the final
    evaluation, what has a day from that day on, what waits for the audit once it is recorded, and what waits for the
    closure once the showcase is recorded or waived."""
    payments = LedgerEntry.objects.filter(kind=PAYMENT).annotate(
        evaluated_at=_moved_at(TrancheRule.Trigger.FINAL), shown_at=_moved_at(TrancheRule.Trigger.CLOSURE)
    )
    mid_term = F("award__venture__midterm_passed_at")
    early = (
        Q(on__lt=F("award__signed_on"))
        | Q(tranche__trigger=TrancheRule.Trigger.MID_TERM)
        & (Q(award__venture__midterm_passed_at=None) | Q(at__lt=mid_term))
        | Q(on__lt=F("tranche__planned_on"))
        | Q(tranche__trigger=TrancheRule.Trigger.AUDIT) & (Q(award__audit=None) | Q(at__lt=F("award__audit__at")))
        | Q(tranche__trigger=TrancheRule.Trigger.FINAL) & (Q(evaluated_at=None) | Q(at__lt=F("evaluated_at")))
        | Q(tranche__trigger=TrancheRule.Trigger.CLOSURE) & (Q(shown_at=None) | Q(at__lt=F("shown_at")))
    )
    for entry in payments.filter(early).select_related("award__venture", "tranche").iterator():
        yield entry.award.venture, _("“%(tranche)s” was paid on %(on)s, %(what)s was not there yet.") % {
            "tranche": entry.tranche, "on": entry.on,
            "what": entry.tranche.condition if entry.tranche else "",
        }  # fmt: skip


@invariant(gettext_lazy("Tranches are paid whole and one after the other"))
def tranches_are_paid_whole_and_in_order() -> Violations:
    """首期款 of 5,000.01 元 is paid with 5,000.01 元; then 二期款; then 尾款. Nobody is paid the tail and not the second."""
    payments = LedgerEntry.objects.filter(kind=PAYMENT)
    before = Tranche.objects.filter(award=OuterRef("award"), ordinal__lt=OuterRef("tranche__ordinal"))
    skipped = before.filter(~Exists(payments.filter(tranche=OuterRef("pk"))))
    whole = Q(amount=F("tranche__amount"), award=F("tranche__award"))
    for entry in payments.filter(~whole | Exists(skipped)).select_related("award__venture", "tranche").iterator():
        yield entry.award.venture, _("“%(tranche)s” was paid with %(amount)s 元, or before an earlier one.") % {
            "tranche": entry.tranche, "amount": yuan(entry.amount),
        }  # fmt: skip


@invariant(gettext_lazy("An agreement is over what was awarded, and signed after the notice"))
def an_agreement_is_over_what_was_awarded() -> Violations:
    """48,000.00 元 are awarded, the notice ended on 2020-06-05: the agreement of 2020-06-08 is over 48,000.00 元."""
    last = NoticeLine.objects.filter(venture=OuterRef("venture")).order_by("-notice").values("notice__closes_on")[:1]
    awards = Award.objects.annotate(closes_on=Subquery(last)).select_related("venture")
    wrong = ~Q(venture__awarded=F("amount")) | Q(venture__awarded=None) | Q(signed_on__lte=F("closes_on"))
    for award in awards.filter(wrong).iterator():
        yield award.venture, _("the agreement of %(on)s is over %(amount)s 元, awarded are %(awarded)s 元.") % {
            "on": award.signed_on, "amount": yuan(award.amount), "awarded": yuan(award.venture.awarded or ZERO),
        }  # fmt: skip


@invariant(gettext_lazy("Nobody works without an agreement and what is paid on signing it"))
def nobody_works_without_an_agreement() -> Violations:
    """HC2020-001 is in delivery since 2020-06-15: signed on 06-08, the first tranche paid on 06-12."""
    for venture in Venture.objects.filter(~is_paid_to_begin(), state__in=UNDER_AGREEMENT).iterator():
        yield venture, _("it is “%(state)s” without an agreement, or without what is paid on signing it.") % {
            "state": venture.get_state_display(),
        }  # fmt: skip


@invariant(gettext_lazy("At closure every tranche is paid, and what was paid is spent or returned"))
def a_closed_venture_owes_nothing() -> Violations:
    """Paid 48,000.00 元, spent 47,200.00 元, returned 800.00 元: nothing is left, and it is closed."""
    awards = Award.objects.filter(venture__state=State.CLOSED).select_related("venture")
    settled = Q(paid=F("spent") + F("returned") + F("recovered"))
    unpaid = Tranche.objects.filter(award=OuterRef("pk")).filter(
        ~Exists(LedgerEntry.objects.filter(tranche=OuterRef("pk"), kind=PAYMENT))
    )
    for award in awards.filter(~settled | Exists(unpaid)).iterator():
        yield award.venture, _("of %(amount)s 元, %(paid)s 元 are paid; %(balance)s 元 are left.") % {
            "amount": yuan(award.amount), "paid": yuan(award.paid), "balance": yuan(award.balance),
        }  # fmt: skip


@invariant(gettext_lazy("Only a terminated venture has a claim, and it is settled once all of it has come back"))
def a_settled_termination_owes_nothing() -> Violations:
    """Terminated after 24,000.00 元 were paid: 6,000.00 元 are claimed, 6,000.00 元 come back, it is settled. To claim
    0.00 元 is a decision, too; none is not."""
    terminated = Q(venture__state__in=TERMINATED)
    settled = Q(paid=F("returned")) | Q(claimed=F("recovered"))
    wrong = ~terminated & Q(claimed__isnull=False) | Q(venture__state=State.TERMINATED) & ~settled
    wrong |= Q(venture__state=State.TERMINATED, claimed=None) & ~Q(paid=F("returned"))
    for award in Award.objects.filter(wrong).select_related("venture").iterator():
        yield award.venture, _("it is “%(state)s”; of %(claimed)s 元 claimed, %(recovered)s 元 have come back.") % {
            "state": award.venture.get_state_display(),
            "claimed": "—" if award.claimed is None else yuan(award.claimed),
            "recovered": yuan(award.recovered),
        }  # fmt: skip
