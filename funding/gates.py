"""Conditions of money on the moves of a venture."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.machine.gates import RemedyLink
from common.money import yuan
from common.wording import listed
from funding.models import Award, LedgerEntry, Tranche
from funding.queries import is_paid_to_begin
from funding.triggers import AWAITED
from ventures.gates import gate
from ventures.models import Venture
from ventures.states import State


def _award(venture: Venture) -> Award | None:
    return Award.objects.filter(venture=venture.pk).first()


def _unpaid(venture: Venture) -> list[Tranche]:
    paid = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PAYMENT, tranche__award__venture=venture.pk)
    return list(Tranche.objects.filter(award__venture=venture.pk).exclude(pk__in=paid.values("tranche")))


# --- Where it is put right ------------------------------------------------------------------------------------------


def _to_agreement(venture: Venture) -> list[RemedyLink]:
    open_now = venture.state == State.AWARDED and _award(venture) is None
    return [RemedyLink(_("Register the agreement"), "desk_venture_agreement", (venture.pk,))] if open_now else []


def _to_next_payment(venture: Venture) -> list[RemedyLink]:
    """Or to what the payment waits for."""
    unpaid = _unpaid(venture)[:1]
    for tranche in unpaid:
        awaited = AWAITED[tranche.trigger]
        if awaited.page and not awaited.is_reached(tranche, venture, tranche.award):
            return [RemedyLink(awaited.remedy, awaited.page, (venture.pk,))]
    return [RemedyLink(_("Pay “%(tranche)s”") % {"tranche": t.label}, "desk_tranche_pay", (t.pk,)) for t in unpaid]


def _to_the_balance(venture: Venture) -> list[RemedyLink]:
    return [RemedyLink(_("Record a returned balance"), "desk_venture_return_balance", (venture.pk,))]


def _to_the_claim(venture: Venture) -> list[RemedyLink]:
    return [RemedyLink(_("Decide what is to be recovered"), "desk_venture_claim", (venture.pk,))]


def _to_the_recovery(venture: Venture) -> list[RemedyLink]:
    return [RemedyLink(_("Record a recovery"), "desk_venture_recovery", (venture.pk,))]


# --- The conditions -------------------------------------------------------------------------------------------------


@gate("begin_delivery", label=gettext_lazy("The agreement is signed"), link=_to_agreement)
def agreement_is_signed(venture: Venture) -> bool:
    return _award(venture) is not None


@gate("begin_delivery", label=gettext_lazy("What is paid on signing is paid"), link=_to_next_payment)
def what_is_paid_on_signing_is_paid(venture: Venture) -> bool:
    return Venture.objects.filter(is_paid_to_begin(), pk=venture.pk).exists()


@gate("give_up", label=gettext_lazy("No agreement is signed yet"))
def no_agreement_is_signed(venture: Venture) -> Any:
    award = _award(venture)
    return award is None or _("The agreement %(number)s was signed on %(on)s; such a venture is terminated.") % {
        "number": award.agreement_number,
        "on": award.signed_on,
    }


@gate("terminate", label=gettext_lazy("The agreement is signed"))
def there_is_an_agreement_to_end(venture: Venture) -> Any:
    return (
        venture.state != State.AWARDED
        or _award(venture) is not None
        or _(
            "No agreement is registered: there is nothing to settle. Record that the award is given up; its place and its "
            "money are free then."
        )
    )


@gate("close", label=gettext_lazy("Every tranche is paid"), link=_to_next_payment)
def every_tranche_is_paid(venture: Venture) -> Any:
    if _award(venture) is None:
        return _("No agreement is registered for %(venture)s.") % {"venture": venture}
    unpaid = _unpaid(venture)
    return not unpaid or _("Not paid yet: %(tranches)s.") % {
        "tranches": listed(f"{t.label} {yuan(t.amount)} 元" for t in unpaid)
    }


@gate("close", label=gettext_lazy("The grant is spent or the balance is returned"), link=_to_the_balance)
def nothing_is_owed_back(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.balance == 0:
        return True
    return _(
        "The balance is %(balance)s 元 (%(paid)s 元 paid, %(spent)s 元 spent, %(returned)s 元 returned);"
        " record what was spent or what is returned."
    ) % {
        "balance": yuan(award.balance),
        "paid": yuan(award.paid),
        "spent": yuan(award.spent),
        "returned": yuan(award.returned),
    }


@gate("settle", label=gettext_lazy("It is decided what is to be recovered"), link=_to_the_claim)
def recovery_is_decided(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.paid == award.returned or award.claimed is not None:
        return True
    return _("%(paid)s 元 was paid; decide how much of it is to be recovered (it may be 0.00 元).") % {
        "paid": yuan(award.paid)
    }


@gate("settle", label=gettext_lazy("What was claimed is recovered"), link=_to_the_recovery)
def claim_is_recovered(venture: Venture) -> Any:
    award = _award(venture)
    if award is None or award.claimed is None or award.recovered == award.claimed:
        return True
    return _("%(recovered)s 元 of the claimed %(claimed)s 元 has come back; %(open)s 元 is outstanding.") % {
        "recovered": yuan(award.recovered),
        "claimed": yuan(award.claimed),
        "open": yuan(award.claimed - award.recovered),
    }
