"""Finance: what can be paid now and why not; agreements, payments, recoveries, returned balances."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.money import total, yuan
from common.normal_forms import paper_number
from common.site.paging import row_number
from common.site.web import errors_into, form_page, page, respond
from common.text import masked
from funding import actions
from funding.by_round import money_by_round, payments_made
from funding.forms import AgreementForm, AuditForm, ClaimForm, MoneyBackForm, PaymentForm
from funding.models import Tranche
from funding.queries import awaiting_agreement, money_of, totals, tranches_due
from funding.tables import DueTable, MoneyTable, PaidTable
from organizations.account import is_shown_whole
from organizations.models import Organization
from rounds.models import Round
from ventures.due import with_marks
from ventures.models import Venture


@page("ventures.read_money")
def payments(request: HttpRequest) -> HttpResponse:
    """The queue: agreements to sign, tranches payable now, tranches that wait and for what; each with what is late of it."""
    due, unsigned = tranches_due(request.user), list(awaiting_agreement(request.user))
    with_marks([*unsigned, *(d.venture for d in due)], request.user)
    return render(
        request,
        "funding/payments.html",
        {
            "by_round": MoneyTable.of(money_by_round(request.user, due)),
            "payable": DueTable.of((d for d in due if d.blocked is None), request),
            "waiting": DueTable.of((d for d in due if d.blocked is not None), request),
            "unsigned": unsigned,
            "totals": totals(Venture.objects.visible_to(request.user)),
            "may_pay": request.user.has_perm("funding.pay"),
            "may_sign": request.user.has_perm("funding.sign"),
        },
    )


@page("ventures.read_money")
def made(request: HttpRequest) -> HttpResponse:
    """What was paid, the latest first; of one round with `round`, by its voucher or agreement with `q`."""
    number = paper_number(request.GET.get("q", ""))
    entries = payments_made(request.user, number)
    round_ = None
    if pk := row_number(request.GET.get("round", "")):
        round_ = get_object_or_404(Round.objects.select_related("series"), pk=pk)
        entries = entries.filter(award__venture__round=round_)
    context = {
        "table": PaidTable.newest(entries, request),
        "round": round_,
        "number": number,
        "sum": entries.aggregate(sum=total("amount"))["sum"],
    }
    return render(request, "funding/made.html", context)


@form_page("funding.sign")
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_form(
        request,
        pk,
        AgreementForm(request.POST or None),
        lambda venture, data: actions.sign_agreement(venture, by=request.user, **data),
        title=_("Register the agreement"),
        submit=_("Register the agreement"),
        done=_("The agreement is registered and the tranches are made."),
    )


@form_page("funding.pay")
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    tranche = get_object_or_404(
        Tranche.objects.select_related("award__venture__organization"),
        pk=pk,
        award__venture__in=Venture.objects.visible_to(request.user).order_by().values("pk"),
    )
    organization = tranche.award.venture.organization
    return _with_form(
        request,
        tranche.award.venture_id,
        PaymentForm(request.POST or None),
        lambda venture, data: actions.pay_tranche(tranche, by=request.user, **data),
        title=_("Record the payment of “%(tranche)s”") % {"tranche": tranche.label},
        submit=_("Record the payment"),
        done=_("%(venture)s: the payment of “%(tranche)s”, %(amount)s 元, is recorded; the applicant is told.")
        % {"venture": "%(venture)s", "tranche": tranche.label, "amount": yuan(tranche.amount)},
        ask=_("Record %(amount)s 元 to %(payee)s? The ledger can not be changed afterwards.")
        % {"amount": yuan(tranche.amount), "payee": organization},
        tranche=tranche,
        account=_account(request, organization),
        may_see_account=organization.bank_account and request.user.has_perm("organizations.see_money", organization),
    )


def _account(request: HttpRequest, organization: Organization) -> str:
    """Masked, until who pays asks for the whole number: that stands in the access log."""
    asked_for = request.method == "GET" and request.GET.get("account") == "whole"
    if asked_for and is_shown_whole(organization, by=request.user):
        return organization.bank_account
    return masked(organization.bank_account)


@form_page("funding.audit")
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_form(
        request,
        pk,
        AuditForm(request.POST or None),
        lambda venture, data: actions.record_audit(venture, by=request.user, **data),
        title=_("Record the audit"),
        submit=_("Record the audit"),
        done=_("%(venture)s: the audit is recorded; what waits for it can be paid."),
    )


@form_page("funding.claim")
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_form(
        request,
        pk,
        ClaimForm(request.POST or None),
        lambda venture, data: actions.claim_recovery(venture, by=request.user, **data),
        title=_("Decide what is to be recovered"),
        submit=_("Record the decision"),
        done=_("%(venture)s: what is to be recovered is decided; the applicant is told."),
    )


@form_page("funding.receive")
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_form(
        request,
        pk,
        MoneyBackForm(request.POST or None),
        lambda venture, data: actions.record_recovery(venture, by=request.user, **data),
        title=_("Record a recovery"),
        submit=_("Record the recovery"),
        done=_("%(venture)s: the recovery is recorded in the ledger."),
    )


@form_page("funding.receive")
def return_balance(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_form(
        request,
        pk,
        MoneyBackForm(request.POST or None),
        lambda venture, data: actions.record_return(venture, by=request.user, **data),
        title=_("Record a returned balance"),
        submit=_("Record the return"),
        done=_("%(venture)s: the returned balance is recorded in the ledger."),
    )


def _with_form(
    request: HttpRequest,
    pk: int,
    form: Any,
    act: Callable[[Venture, dict[str, Any]], Any],
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """One venture, its money as it is now, and one form that calls one action."""
    venture = get_object_or_404(Venture.objects.visible_to(request.user).select_related("organization"), pk=pk)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            act(venture, form.cleaned_data)
        if form.is_valid():
            messages.success(request, done % {"venture": venture})
            return redirect("desk_venture", pk=pk)
    return respond(request, "funding/form.html", {"venture": venture, "money": money_of(venture), **context}, form)
