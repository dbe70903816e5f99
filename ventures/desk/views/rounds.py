"""The board of rounds, and a round's next move with its gates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.door import move, transitions_of, verb_label
from common.paging import newest_first
from common.slots import fill
from common.web import page, verb
from ventures import actions
from ventures.actions.setup.amending import amendable
from ventures.models import Round
from ventures.queries import screening
from ventures.queries import staff as queries
from ventures.queries.setup import progress
from ventures.states import RoundState

# Reviewing begins in the panel's room and publishing on the notice's page: both do more than move the round.
MOVES = ("open", "close_call", "begin_delivery", "close")
ROUNDS = 12  # on one page of the board


def _round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("series", "platform"), pk=pk)


@page("ventures.read_desk")
def board(request: HttpRequest) -> HttpResponse:
    rounds, next_key = newest_first(queries.rounds(), request, size=ROUNDS)
    context = {"boards": queries.board(request.user, rounds), "next_key": next_key, "progress": progress(rounds)}
    return render(request, "ventures/staff/rounds.html", context)


@page("ventures.read_desk")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = _round(pk)
    next_verb, lines = queries.next_move(round_)
    context = {
        "round": round_,
        "board": queries.board_of(round_, request.user),
        "verb": next_verb,
        "verb_label": verb_label(Round, next_verb) if next_verb else "",
        "lines": lines,
        "unmet": sum(not line.met for line in lines),
        "may_move": bool(next_verb) and _may(round_, next_verb, request.user),
        "moves_here": next_verb in MOVES,
        "drafts": queries.drafts_left(round_),
        "overdue": queries.corrections_overdue(round_),
        "refusals": screening.refusals(round_, request.user),
        "sealed": screening.sealed_count(round_),
        "parts": fill("round.actions", request, round_),
        "in_preparation": round_.state == RoundState.PREPARING,
        "may_amend": request.user.has_perm("ventures.amend_round") and bool(amendable(round_)),
        "amendments": list(round_.amendments.all()),
    }
    return render(request, "ventures/staff/round.html", context)


def _may(round_: Round, verb_name: str, user: Any) -> bool:
    transition = transitions_of(Round, verb_name).get(round_.state)
    return transition is not None and transition.has_perm(round_, user)


@verb("ventures.run_round")
def move_round(request: HttpRequest, pk: int, verb_name: str) -> HttpResponse:
    """One of MOVES; the gates decide."""
    round_ = move(_round(pk), verb_name, by=request.user)
    messages.success(
        request, _("%(round)s is now “%(state)s”.") % {"round": round_, "state": round_.get_state_display()}
    )
    return redirect("desk_round", pk=pk)


@verb("ventures.run_round")
def lapse_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    n = actions.lapse_drafts(_round(pk), by=request.user)
    messages.success(request, ngettext("%(n)s draft has lapsed.", "%(n)s drafts have lapsed.", n) % {"n": n})
    return redirect("desk_round", pk=pk)


@verb("ventures.screen")
def refuse_overdue(request: HttpRequest, pk: int) -> HttpResponse:
    n = actions.refuse_overdue(_round(pk))
    sentence = ngettext(
        "%(n)s overdue correction was refused.", "%(n)s overdue corrections were refused.", n
    )  # fmt: skip
    messages.success(request, sentence % {"n": n})
    return redirect("desk_round", pk=pk)
