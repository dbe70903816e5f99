"""Staff: the panel and its conflicts, the progress of scoring, ranking and selection."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import NotAllowed
from common.money import ZERO, yuan
from common.site.comparing import last_change_of
from common.site.web import errors_into, form_page, page, post_only, respond
from reviews import actions
from reviews.forms import PanelForm, PromotionForm, SelectionForm, StaffRecusalForm
from reviews.models import Panel, Recusal, Review
from reviews.queries import most_for, progress
from reviews.queries import ranking as ranked
from reviews.tables import RankingTable, RoundTable
from rounds.models import Round
from rounds.states import RoundState, since
from ventures.allotment import allotment_of
from ventures.models import Venture
from ventures.states import State


@page("reviews.read_desk")
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds in or near review, with the progress of scoring."""
    found = (
        Round.objects.filter(state__in=since(RoundState.CALL_CLOSED))
        .order_by("-opens_at", "-pk")
        .select_related("series")
        .annotate(
            assigned=Count("ventures__reviews", filter=~Q(ventures__reviews__state=Review.State.RECUSED)),
            submitted=Count("ventures__reviews", filter=Q(ventures__reviews__state=Review.State.SUBMITTED)),
        )
    )
    return render(request, "reviews/staff/rounds.html", {"table": RoundTable.of(found)})


@form_page("reviews.read_desk")
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who scores, who is recused, how far it is; before the review begins the panel can be changed."""
    round_ = get_object_or_404(Round.objects.select_related("series"), pk=pk)
    if request.method == "POST" and not request.user.has_perm("reviews.set_panel", round_):
        raise NotAllowed
    panel_ = Panel.objects.filter(round=round_).first()
    members = list(panel_.members.select_related("expert")) if panel_ else []
    form = PanelForm(
        request.POST or None,
        initial={"experts": [m.expert_id for m in members], "due_at": panel_ and panel_.due_at},
    )
    form.last_change = last_change_of(round_, "set_panel")
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.set_panel(round_, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(
                request, _("The panel of %(round)s is set. Next: hand it the ventures.") % {"round": round_}
            )
            return redirect("desk_panel", pk=pk)
    may_run = request.user.has_perm("rounds.run", round_)
    context: dict[str, Any] = {
        "round": round_,
        "members": members,
        "seats": progress(round_),
        "recusals": Recusal.objects.filter(venture__round=round_).select_related("venture", "expert").order_by("pk"),
        "recusal_form": StaffRecusalForm(round=round_) if members else None,
        "eligible": round_.ventures.filter(state=State.ELIGIBLE).count(),
        "may_run": may_run,
        "may_begin": may_run and round_.state == RoundState.CALL_CLOSED,
    }
    return respond(request, "reviews/staff/panel.html", context, form)


@post_only("rounds.run")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    ventures = actions.begin(round_, by=request.user)
    messages.success(
        request,
        ngettext("%(n)s venture is handed to the panel.", "%(n)s ventures are handed to the panel.", len(ventures))
        % {"n": len(ventures)},
    )
    return redirect("desk_panel", pk=pk)


@form_page("rounds.run")
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff note a conflict."""
    round_ = get_object_or_404(Round, pk=pk)
    form = StaffRecusalForm(request.POST or None, round=round_)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with errors_into(form):
            actions.recuse(
                data["venture"], expert=data["expert"], by=request.user, reason=data["reason"], note=data["note"]
            )
        if form.is_valid():
            said = _("%(expert)s is recused from %(venture)s and scores it no more.")
            messages.success(request, said % {"expert": data["expert"], "venture": data["venture"]})
            return redirect("desk_panel", pk=pk)
    return respond(request, "reviews/staff/recuse.html", {"round": round_}, form)


@form_page("reviews.read_desk")
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranked table with the money line; the manager may change amounts and confirms the selection."""
    round_ = get_object_or_404(Round.objects.select_related("series"), pk=pk)
    if request.method == "POST" and not request.user.has_perm("reviews.select", round_):
        raise NotAllowed
    rows = ranked(round_)
    may_select = request.user.has_perm("ventures.select") and any(r.venture.state == State.IN_REVIEW for r in rows)
    form = SelectionForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            outcome = actions.select(round_, by=request.user, amounts=form.amounts())
        if form.is_valid():
            messages.success(
                request,
                _("Proposed: %(p)s, reserve: %(r)s, not selected: %(d)s.")
                % {
                    "p": len(outcome.get("propose", [])),
                    "r": len(outcome.get("reserve", [])),
                    "d": len(outcome.get("decline", [])),
                },
            )
            return redirect("desk_ranking", pk=pk)
    context = {
        "round": round_,
        "table": RankingTable.of(form.lines()),
        "may_select": may_select,
        "open_reviews": Review.objects.filter(venture__round=round_, state=Review.State.ASSIGNED).count(),
        "proposed_sum": sum((r.amount for r in rows if r.outcome == "propose" and r.amount), 0),
        "reserves": sum(r.venture.state == State.RESERVE for r in rows),
    }
    return respond(request, "reviews/staff/ranking.html", context, form)


@form_page("ventures.select")
def promote(request: HttpRequest, pk: int) -> HttpResponse:
    """A reserve moves up: what is left, what it would get, and with whom it shares its rank."""
    seen = Venture.objects.visible_to(request.user).select_related("round__series", "organization")
    venture = get_object_or_404(seen, pk=pk)
    left = allotment_of(venture.round)
    most = most_for(venture, venture.round)
    form = PromotionForm(request.POST or None, initial={"amount": max(min(most, left.money), ZERO)})
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            promoted = actions.promote(venture, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(venture)s moves up and is proposed with %(amount)s 元; it needs a public notice now.")
                % {"venture": promoted, "amount": yuan(promoted.awarded or 0)},
            )
            return redirect("desk_ranking", pk=venture.round_id)
    context = {
        "venture": venture,
        "round": venture.round,
        "left": left,
        "most": most,
        "is_reserve": venture.state == State.RESERVE,
        "equals": venture.round.ventures.filter(state=State.RESERVE, rank=venture.rank).exclude(pk=pk),
    }
    return respond(request, "reviews/staff/promote.html", context, form)


@post_only("ventures.select")
def release_reserves(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    n = actions.release_reserves(round_, by=request.user)
    messages.success(
        request,
        ngettext(
            "%(n)s reserve of %(round)s is released; its applicant is told.",
            "%(n)s reserves of %(round)s are released; their applicants are told.",
            n,
        )
        % {"n": n, "round": round_},
    )
    return redirect("desk_ranking", pk=pk)


@post_only("rounds.run")
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.select_related("venture", "expert"), pk=pk)
    actions.unlock(review, by=request.user, reason=request.POST.get("reason", ""))
    said = _("The score of %(expert)s for %(venture)s is unlocked; the expert can change it and submits it again.")
    messages.success(request, said % {"expert": review.expert, "venture": review.venture})
    return redirect("desk_panel", pk=review.venture.round_id)
