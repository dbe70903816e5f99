"""The organization's own ledger of what it spent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.money import yuan
from common.site.forms import ReversalForm
from common.site.web import errors_into, form_page, respond
from funding import actions
from funding.forms import ExpenseForm
from funding.models import Expense
from funding.queries import expenses_of, money_of
from rounds.models.budget import terms_of
from ventures.models import Venture


@form_page("ventures.start")
def expenses(request: HttpRequest, pk: int) -> HttpResponse:
    """What was spent, and a form for the next voucher."""
    venture = get_object_or_404(Venture.objects.visible_to(request.user).select_related("organization", "round"), pk=pk)
    if not request.user.has_perm("funding.view", venture):
        raise NotAllowed(_("Readers of an organization do not see its money."))
    if request.method == "POST" and not request.user.has_perm("funding.spend", venture):
        raise NotAllowed
    form = ExpenseForm(request.POST or None, heads=terms_of(venture.round).heads)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            expense = actions.record_expense(venture, by=request.user, **form.cleaned_data)
        if form.is_valid():
            said = _("%(venture)s: an expense of %(amount)s 元 is recorded; %(left)s 元 of what was paid are left.")
            left = money_of(venture).balance
            messages.success(request, said % {"venture": venture, "amount": yuan(expense.amount), "left": yuan(left)})
            return redirect("apply_venture_expenses", pk=pk)
    context = {
        "venture": venture,
        "money": money_of(venture),
        "expenses": expenses_of(venture),
        "may_correct": request.user.has_perm("funding.spend", venture),
    }
    return respond(request, "funding/expenses.html", context, form)


@form_page("ventures.start")
def reverse_expense(request: HttpRequest, pk: int) -> HttpResponse:
    """An expense that was recorded by mistake: why, and what the counter-entry does."""
    seen = Venture.objects.visible_to(request.user).order_by().values("pk")
    expense = get_object_or_404(Expense.objects.select_related("award__venture"), pk=pk, award__venture__in=seen)
    venture = expense.award.venture
    if not request.user.has_perm("funding.spend", venture):
        raise NotAllowed
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.reverse_expense(expense, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(
                request,
                _("“%(summary)s”, %(amount)s 元, is taken back; record the right one below.")
                % {"summary": expense.summary, "amount": yuan(expense.amount)},
            )
            return redirect("apply_venture_expenses", pk=venture.pk)
    return respond(request, "funding/reverse_expense.html", {"expense": expense, "venture": venture}, form)
