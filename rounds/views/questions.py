"""Extra questions: the list, and one question."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.clock import clock_time
from common.errors import Stale
from common.site.paging import row_number
from common.site.web import errors_into, form_page, page, post_only, respond
from rounds import actions, queries
from rounds.cards.questions import CARD
from rounds.forms.questions import QuestionForm
from rounds.models import Question, Round
from rounds.views.frame import address_after, frame, is_frozen, whole_round

STEPS = {"up": -1, "down": 1}


@page("rounds.set_up")
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    row = whole_round(pk)
    if is_frozen(row):
        return redirect("desk_round", pk=pk)
    asked = queries.questions_of(row)
    sections = [(s, [q for q in asked if q.section_id == s.pk]) for s in row.form_sections.all()]
    context = frame(row, CARD.slug) | {"sections": sections, "next_url": address_after(CARD, row)}
    return respond(request, "rounds/questions.html", context)


@form_page("rounds.set_up")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    row = whole_round(pk)
    before = queries.questions_of(row)
    section = row.form_sections.filter(pk=row_number(request.GET.get("section", "")) or 0).first()
    form = QuestionForm(request.POST or None, round=row, before=before, initial={"section": section})
    if form.is_bound and form.is_valid():
        with errors_into(form):
            facts = {**form.facts, "label": form.cleaned_data["label"]}
            actions.add_question(row, by=request.user, section=form.cleaned_data["section"], facts=facts)
            return _saved(request, row)
    if is_frozen(row) and not form.is_bound:
        return redirect("desk_round", pk=pk)
    return _show(request, row, form, None)


@form_page("rounds.set_up")
def one(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    row = whole_round(pk)
    asked = _question(row, question)
    there = queries.questions_of(row)
    before = there[: next(n for n, q in enumerate(there) if q.pk == asked.pk)]
    initial = {**QuestionForm.shown(asked), "base_digest": queries.question_digest(asked)}
    form = QuestionForm(request.POST or None, round=row, before=before, initial=initial)
    theirs = None
    if form.is_bound and form.is_valid():
        with errors_into(form):
            given = form.cleaned_data
            try:
                actions.change_question(
                    asked,
                    by=request.user,
                    section=given["section"],
                    facts=form.facts,
                    base_digest=given["base_digest"] or None,
                )
            except Stale:
                theirs = _theirs(form, asked, initial)
                raise
            return _saved(request, row)
    if is_frozen(row) and not form.is_bound:
        return redirect("desk_round", pk=pk)
    return _show(request, row, form, asked, theirs)


@post_only("rounds.set_up")
def move(request: HttpRequest, pk: int, question: int, way: str) -> HttpResponse:
    actions.move_question(_question(whole_round(pk), question), STEPS[way], by=request.user)
    return redirect("desk_round_questions", pk=pk)


@post_only("rounds.set_up")
def remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    asked = _question(whole_round(pk), question)
    actions.remove_question(asked, by=request.user)
    messages.success(request, _("The question “%(question)s” is removed.") % {"question": asked.label})
    return redirect("desk_round_questions", pk=pk)


def _question(round_: Round, pk: int) -> Question:
    rows = Question.objects.filter(section__round=round_).select_related("section__round", "asked_if")
    return get_object_or_404(rows, pk=pk)


def _theirs(form: QuestionForm, asked: Question, stored: Any) -> dict[str, Any]:
    """What another one has saved, beside what was typed here; to be saved over knowingly."""
    form.rebase(queries.question_digest(asked))
    labels = {name: field.label for name, field in form.fields.items()}
    shown = {name: value for name, value in stored.items() if name != "base_digest"}
    return {"facts": queries.told_apart(labels, shown, form.cleaned_data), "rows": []}


def _saved(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.success(
        request, _("The question is saved in %(round)s, %(time)s.") % {"round": round_, "time": clock_time()}
    )
    return redirect("desk_round_questions", pk=round_.pk)


def _show(
    request: HttpRequest, round_: Round, form: QuestionForm, asked: Question | None, theirs: Any = None
) -> HttpResponse:
    context = frame(round_, CARD.slug) | {"question": asked, "theirs": theirs}
    return respond(request, "rounds/question.html", context, form)
