"""The board of rounds, and a round's next move with its gates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.machine.door import may_move, move, verb_label
from common.site.paging import newest_first
from common.site.slots import fill
from common.site.web import page, post_only
from rounds.actions.amending import amendable
from rounds.models import Round
from rounds.models.grades import marks_said
from rounds.queries import progress
from rounds.states import RoundState
from ventures.application.actions import lapse_drafts as let_drafts_lapse
from ventures.desk import queries
from ventures.desk.due_queries import due_of_round
from ventures.screening import queries as screening
from ventures.screening.deadlines import refuse_overdue as refuse_overdue_corrections

# Reviewing begins in the panel's room and publishing on the notice's page: both do more than move the round.
MOVES = ("open", "close_call", "begin_delivery", "close")
ROUNDS = 12  # on one page of the board


def _round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("series", "platform"), pk=pk)


@page("ventures.read_desk")
def board(request: HttpRequest) -> HttpResponse:
    rounds, next_key = newest_first(queries.rounds(), request, size=ROUNDS)
    context = {"boards": queries.board(request.user, rounds), "next_key": next_key, "progress": progress(rounds)}
    return render(request, "ventures/desk/rounds.html", context)


@page("ventures.read_desk")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _round(pk)
    next_verb, lines = queries.next_move(round_, request.user)
    context = {
        "round": round_,
        "marks": marks_said(round_.grade_bands.all()),
        "board": queries.board_of(round_, request.user),
        "verb": next_verb,
        "verb_label": verb_label(Round, next_verb) if next_verb else "",
        "lines": lines,
        "unmet": sum(not line.met for line in lines),
        "may_move": bool(next_verb) and may_move(round_, next_verb, request.user),
        "moves_here": next_verb in MOVES,
        "drafts": queries.drafts_left(round_),
        "overdue": queries.corrections_overdue(round_),
        "due": due_of_round(round_, request.user),
        "refusals": screening.refusals(round_, request.user),
        "sealed": screening.sealed_count(round_),
        "parts": fill("round.actions", request, round_),
        "sections": fill("desk_round.sections", request, round_),
        "in_preparation": round_.state == RoundState.PREPARING,
        "may_amend": request.user.has_perm("rounds.amend") and bool(amendable(round_)),
        "amendments": list(round_.amendments.all()),
    }
    return render(request, "ventures/desk/round.html", context)


@post_only("rounds.run")
def move_round(request: HttpRequest, pk: int, verb_name: str) -> HttpResponse:
    """One of MOVES; the gates decide."""
    round_ = move(_round(pk), verb_name, by=request.user)
    messages.success(
        request, _("%(round)s is now “%(state)s”.") % {"round": round_, "state": round_.get_state_display()}
    )
    return redirect("desk_round", pk=pk)


@post_only("rounds.run")
def lapse_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _round(pk)
    n = let_drafts_lapse(round_, by=request.user)
    messages.success(
        request,
        ngettext("%(n)s draft of %(round)s has lapsed.", "%(n)s drafts of %(round)s have lapsed.", n)
        % {"n": n, "round": round_},
    )
    return redirect("desk_round", pk=pk)


@post_only("ventures.screen")
def refuse_overdue(request: HttpRequest, pk: int) -> HttpResponse:
    n = refuse_overdue_corrections(_round(pk))
    sentence = ngettext(
        "%(n)s overdue correction was refused.", "%(n)s overdue corrections were refused.", n
    )  # fmt: skip
    messages.success(request, sentence % {"n": n})
    return redirect("desk_round", pk=pk)
