"""The money of a venture. Every amount is Decimal 元; the running totals move only with a ledger entry."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import Stamped
from common.machine.triggers import Trigger, append_only, triggers
from common.money import ZERO, MoneyField
from rounds.models.budget import LONGEST_HEAD
from rounds.models.money_plan import Conditional
from ventures.models import Venture


class Award(models.Model):
    """核定资助 with its agreement and running totals. The constraints are the backstop of the cap.

    `claimed` is None until somebody has decided what is to be recovered from a terminated venture; 0 is a decision.
    """

    venture = models.OneToOneField(Venture, on_delete=models.PROTECT, related_name="award_record")
    amount = MoneyField(_("Awarded (元)"))
    agreement_number = models.CharField(_("Agreement number"), max_length=40, unique=True)
    signed_on = models.DateField(_("Signed on"))
    paid = MoneyField(_("Paid (元)"), default=ZERO)
    recovered = MoneyField(_("Recovered (元)"), default=ZERO)
    returned = MoneyField(_("Balance returned (元)"), default=ZERO)
    spent = MoneyField(_("Spent from the grant (元)"), default=ZERO)
    claimed = MoneyField(_("To be recovered (元)"), null=True, blank=True)
    claim_reason = models.TextField(_("Reason of the claim"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paid__lte=F("amount") + F("recovered")),
                name="paid_within_award",
            ),
            models.CheckConstraint(
                condition=Q(recovered__lte=F("paid") - F("returned")),
                name="money_back_within_paid",
            ),
            # A bare comparison with NULL would let everything pass.
            models.CheckConstraint(
                condition=Q(recovered=0) | Q(claimed__isnull=False, recovered__lte=F("claimed")),
                name="recovered_within_claim",
            ),
            models.CheckConstraint(
                condition=Q(claimed__isnull=True) | Q(claimed__gte=0, claimed__lte=F("paid") - F("returned")),
                name="claim_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(spent__lte=F("paid") - F("returned")),
                name="spent_and_returned_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount__gt=0,
                    paid__gte=0,
                    recovered__gte=0,
                    returned__gte=0,
                    spent__gte=0,
                ),
                name="no_negative_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_number} {self.amount}"

    @property
    def is_audited(self) -> bool:
        return hasattr(self, "audit")

    @property
    def balance(self) -> Decimal:
        """What lies with the organization unspent (元). Negative when spent money was recovered, too."""
        return self.paid - self.spent - self.returned - self.recovered


class Audit(Stamped):
    """审计: the report on the accounts of the venture is there, from whom and under which number. It stays as it is recorded."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="audit")
    auditor = models.CharField(_("Auditor"), max_length=80)
    number = models.CharField(_("Number of the report"), max_length=40)
    issued_on = models.DateField(_("Issued on"))
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.auditor} {self.number}"


class Tranche(Conditional):
    """拨付期次. The last is the remainder, so that they add up to the award to the cent. `percent` of the award is worked out
    where the round says an amount."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="tranches")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(_("Tranche"), max_length=20)
    percent = models.DecimalField(_("Share (%)"), max_digits=5, decimal_places=2)
    amount = MoneyField(_("Amount (元)"))

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["award", "ordinal"], name="tranche_place")]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"

    @property
    def payment(self) -> "LedgerEntry | None":
        """The entry that paid it; without a query when `entries` is prefetched."""
        return next((e for e in self.entries.all() if e.kind == LedgerEntry.Kind.PAYMENT), None)


class LedgerEntry(Stamped):
    """台账: append-only (triggers). A mistake is mended by another entry, never by a change."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment")
        RECOVERY = "recovery", _("Recovery")
        RETURN = "return", _("Balance returned")

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, null=True, related_name="entries")
    amount = MoneyField(_("Amount (元)"))
    on = models.DateField(_("Date of the voucher"))
    voucher_number = models.CharField(_("Voucher number"), max_length=40)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"],
                condition=Q(kind="payment"),
                name="tranche_paid_once",
            ),
            models.UniqueConstraint(fields=["kind", "voucher_number"], name="voucher_once_per_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_is_positive"),
            models.CheckConstraint(
                condition=Q(kind="payment", tranche__isnull=False) | ~Q(kind="payment"),
                name="payment_has_tranche",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.voucher_number}"


class Expense(models.Model):
    """支出台账 of the organization: what was spent from the grant, by voucher. A mistake is taken back by a counter-entry
    (冲销), of the same amount below zero, which says why; both stay."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="expenses")
    spent_on = models.DateField(_("Spent on"))
    head = models.CharField(_("Budget head"), max_length=LONGEST_HEAD)
    summary = models.CharField(_("Purpose"), max_length=120)
    amount = MoneyField(_("Amount (元)"))
    voucher_number = models.CharField(_("Voucher number"), max_length=40)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["spent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses=None) | Q(amount__lt=0, reverses__isnull=False),
                name="expense_is_positive_or_a_counter_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.spent_on} {self.summary} {self.amount}"


@triggers
def what_is_written_stays() -> list[Trigger]:
    return append_only(LedgerEntry) + append_only(Expense) + append_only(Tranche) + append_only(Audit)


@triggers
def totals_and_ledger_agree() -> list[Trigger]:
    """The cap stands on the totals of the award; a row that no total has moved for would go around it."""
    award, ledger, expense = (
        Award._meta.db_table,
        LedgerEntry._meta.db_table,
        Expense._meta.db_table,
    )
    shrinks = " OR ".join(f"NEW.{total} < OLD.{total}" for total in ("paid", "recovered", "returned"))
    return [
        Trigger(
            f"{award}_only_grows", Award, "UPDATE", f"OLD.amount <> NEW.amount OR {shrinks}",
            f"{award}: the amount is fixed and totals only grow",
        ),
        Trigger(f"{award}_no_delete", Award, "DELETE", "1=1", f"{award} is never deleted"),
        Trigger(
            f"{ledger}_within_total", LedgerEntry, "INSERT",
            f"(SELECT COALESCE(SUM(e.amount), 0) FROM {ledger} e WHERE e.award_id = NEW.award_id AND e.kind = NEW.kind)"
            " + NEW.amount > (SELECT CASE NEW.kind WHEN 'payment' THEN a.paid WHEN 'recovery' THEN a.recovered"
            f" ELSE a.returned END FROM {award} a WHERE a.id = NEW.award_id)",
            f"{ledger}: more than the running total of the award",
        ),
        Trigger(
            f"{expense}_within_total", Expense, "INSERT",
            f"(SELECT COALESCE(SUM(e.amount), 0) FROM {expense} e WHERE e.award_id = NEW.award_id)"
            f" + NEW.amount > (SELECT a.spent FROM {award} a WHERE a.id = NEW.award_id)",
            f"{expense}: more than the running total of the award",
        ),
    ]  # fmt: skip


@triggers
def what_is_spent_shrinks_by_counter_entries_alone() -> list[Trigger]:
    award, expense = Award._meta.db_table, Expense._meta.db_table
    written = f"(SELECT COALESCE(SUM(e.amount), 0) FROM {expense} e WHERE e.award_id = NEW.id)"
    return [
        Trigger(
            f"{award}_spent_shrinks", Award, "UPDATE", f"NEW.spent < OLD.spent AND NEW.spent <> {written}",
            f"{award}: what is spent shrinks by a counter-entry alone",
        )
    ]  # fmt: skip
