"""The applicant's desk, and one venture of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.site.todo import todo
from common.site.web import errors_into, form_page, page, post_only, respond
from organizations.queries import organizations_of
from rounds.queries import public_rounds
from ventures.application import actions
from ventures.application.content import form_of
from ventures.application.forms import StartForm
from ventures.application.queries import home as ask
from ventures.application.queries import steps as ask_application
from ventures.application.tables import OwnVentureTable
from ventures.application.views.steps import venture_url
from ventures.eligibility.evaluating import evaluate_before
from ventures.requested import visible_venture

MOST_TOLD = 3  # organizations of one person whose eligibility is told before she begins


@page("ventures.start")
def home(request: HttpRequest) -> HttpResponse:
    desk = ask.desk(request.user)
    context = {"desk": desk, "todo": todo(request.user), "table": OwnVentureTable.of(desk.ventures)}
    return render(request, "ventures/application/home.html", context)


@form_page("ventures.start")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an application: which organization, which title; the rest is on its own pages."""
    round_ = get_object_or_404(public_rounds(), pk=pk)
    mine = ask.may_apply_for(request.user)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, organizations=mine, initial={"organization": request.GET.get("organization")})
    if form.is_bound and form.is_valid():
        with errors_into(form):
            started = actions.start(by=request.user, round=round_, **form.cleaned_data)
            messages.success(request, _("The draft is made. Go through the steps in any order; everything is saved."))
            first = form_of(round_).sections[0]
            return redirect("apply_step", pk=started.pk, step=first.slug)
    context = {
        "round": round_,
        "deadline": ask_application.deadline_of(round_),
        "rules": ask_application.rules_of(round_),
        "only_reads": not mine and organizations_of(request.user).exists(),
        "shares": ask_application.shares_of(round_, mine),
        "eligibilities": [(o, evaluate_before(round_, o)) for o in mine.select_related("place")[:MOST_TOLD]],
    }
    return respond(request, "ventures/application/start.html", context, form)


@post_only("ventures.fill_in")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_venture(request, pk)
    actions.withdraw(row, by=request.user)
    messages.success(
        request, _("%(venture)s is withdrawn and is a draft again. Submit it before the deadline.") % {"venture": row}
    )
    return redirect(venture_url(request, row))
