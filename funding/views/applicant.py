"""The organization's own ledger of what it spent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from common.site.web import errors_into, form_page, respond
from funding import actions
from funding.forms import ExpenseForm
from funding.queries import expenses_of, money_of
from ventures.models import Venture


@form_page("ventures.start")
def expenses(request: HttpRequest, pk: int) -> HttpResponse:
    """What was spent, and a form for the next voucher."""
    venture = get_object_or_404(Venture.objects.visible_to(request.user).select_related("organization"), pk=pk)
    if not request.user.has_perm("funding.view", venture):
        raise NotAllowed(_("Readers of an organization do not see its money."))
    if request.method == "POST" and not request.user.has_perm("funding.spend", venture):
        raise NotAllowed
    form = ExpenseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.record_expense(venture, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("The expense is recorded."))
            return redirect("apply_venture_expenses", pk=pk)
    context = {"venture": venture, "money": money_of(venture), "expenses": expenses_of(venture)}
    return respond(request, "funding/expenses.html", context, form)
