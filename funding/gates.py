"""Conditions of money on the moves of a venture."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.gates import gate
from funding.models import Award, LedgerEntry, Tranche
from ventures.models import Venture


def _award(venture: Venture) -> Award | None:
    return Award.objects.filter(venture=venture.pk).first()


def _unpaid(venture: Venture) -> list[Tranche]:
    paid = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT, tranche__award__venture=venture.pk)
    return list(Tranche.objects.filter(award__venture=venture.pk).exclude(pk__in=paid.values("tranche")))


@gate("begin_delivery", label=gettext_lazy("The agreement is signed"))
def agreement_is_signed(venture: Venture) -> bool:
    return _award(venture) is not None


@gate("begin_delivery", label=gettext_lazy("The first tranche is paid"))
def first_tranche_is_paid(venture: Venture) -> bool:
    return LedgerEntry.objects.filter(
        award__venture=venture.pk, kind=LedgerEntry.Kind.PAYMENT, tranche__ordinal=1
    ).exists()


@gate("close", label=gettext_lazy("Every tranche is paid"))
def every_tranche_is_paid(venture: Venture) -> Any:
    if _award(venture) is None:
        return _("No agreement is registered for %(venture)s.") % {"venture": venture}
    unpaid = _unpaid(venture)
    return not unpaid or _("Not paid yet: %(tranches)s.") % {
        "tranches": "、".join(f"{t.label} {t.amount:,.2f} 元" for t in unpaid)
    }


@gate("close", label=gettext_lazy("The grant is spent or the balance is returned"))
def nothing_is_owed_back(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.balance == 0:
        return True
    return _(
        "The balance is %(balance)s 元 (%(paid)s 元 paid, %(spent)s 元 spent, %(returned)s 元 returned);"
        " record what was spent or what is returned."
    ) % {
        "balance": f"{award.balance:,.2f}",
        "paid": f"{award.paid:,.2f}",
        "spent": f"{award.spent:,.2f}",
        "returned": f"{award.returned:,.2f}",
    }


@gate("settle", label=gettext_lazy("It is decided what is to be recovered"))
def recovery_is_decided(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.paid == award.returned or award.claimed is not None:
        return True
    return _("%(paid)s 元 was paid; decide how much of it is to be recovered (it may be 0.00 元).") % {
        "paid": f"{award.paid:,.2f}"
    }


@gate("settle", label=gettext_lazy("What was claimed is recovered"))
def claim_is_recovered(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.claimed is None or award.recovered == award.claimed:
        return True
    return _("%(recovered)s 元 of the claimed %(claimed)s 元 has come back; %(open)s 元 is outstanding.") % {
        "recovered": f"{award.recovered:,.2f}",
        "claimed": f"{award.claimed:,.2f}",
        "open": f"{award.claimed - award.recovered:,.2f}",
    }
