"""The experts' desk: what is to be scored, the venture beside the score form, recusal."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError, Invalid, NotAllowed
from common.site import saving
from common.site.comparing import ComparedForm
from common.site.sending import in_turn
from common.site.todo import todo
from common.site.web import errors_into, form_page, page, post_only, respond
from reviews import actions
from reviews.forms import RecusalForm, ScoreForm
from reviews.models import Recusal, Review
from reviews.queries import declarations_of, reviews_of
from reviews.tables import SubmittedTable
from ventures.models import Venture


def own_review(request: HttpRequest, pk: int) -> Review:
    """The reader's own review, else 404; after a recusal the file is closed to its reader."""
    review = get_object_or_404(
        Review.objects.select_related(
            "venture__round__panel",
            "venture__organization",
            "venture__category",
            "venture__place",
            "venture__application",
        ),
        pk=pk,
        expert=request.user,
    )
    if Recusal.objects.filter(venture=review.venture_id, expert=review.expert_id).exists():
        raise NotAllowed(_("You have recused yourself from this venture and can not see it."))
    return review


@page("reviews.use_desk")
def home(request: HttpRequest) -> HttpResponse:
    reviews = list(reviews_of(request.user))
    states = Review.State
    return render(
        request,
        "reviews/home.html",
        {
            "to_score": todo(request.user),
            "table": SubmittedTable.of((r for r in reviews if r.state == states.SUBMITTED), request),
            "recused": [r for r in reviews if r.state == states.RECUSED],
            "declarations": declarations_of(request.user),
            "recusal_form": RecusalForm(),
        },
    )


def _sheet(review: Review, data: Any = None) -> ScoreForm:
    form = ScoreForm(data, review=review)
    form.last_change = lambda: (str(review.expert), review.saved_at) if review.saved_at else None
    return form


@form_page("reviews.use_desk")
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Venture left, rubric right. POST submits; drafts go to `save`."""
    review = own_review(request, pk)
    form = _sheet(review, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.submit_score(review, by=request.user, points=form.points(), comment=form.cleaned_data["comment"])
        if form.is_valid():
            messages.success(
                request, _("Your score for %(venture)s is submitted and locked.") % {"venture": review.venture}
            )
            return redirect("review_home")
    context: dict[str, Any] = {
        "review": review,
        "venture": review.venture,
        "application": review.venture.application,
        "budget": review.venture.budget_lines.all(),
        "recusal_form": RecusalForm(),
        "locked": review.state != Review.State.ASSIGNED,
        "saving_texts": saving.texts(),
    }
    return respond(request, "reviews/score.html", context, form)


@post_only("reviews.use_desk")
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """A draft, criterion by criterion, while the expert writes (common.site.saving)."""
    try:
        with transaction.atomic():
            in_turn(reverse("review_score", args=[pk]))
            review = own_review(request, pk)
            saving.check_user(request)
            sheet = saving.Sheet(request, partial(_sheet, review), partial(_criterion, request))
            sheet.save(lambda form: _store(request, review, form))
            return sheet.answer()
    except DomainError as e:
        return saving.problem(e)


def _store(request: HttpRequest, review: Review, form: ComparedForm) -> None:
    assert isinstance(form, ScoreForm)
    actions.save_score(review, by=request.user, points=form.points(), comment=form.cleaned_data["comment"])
    review.refresh_from_db(fields=["comment", "saved_at"])


def _criterion(request: HttpRequest, form: ComparedForm, name: str) -> str:
    """A criterion (or the comment) as the page shows it."""
    assert isinstance(form, ScoreForm)
    item = next((item for item in form.items if f"item_{item.pk}" == name), None)
    return render_to_string("reviews/_criterion.html", {"item": item, "field": form[name]}, request)


@post_only("reviews.use_desk")
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    review = own_review(request, pk)
    return _recused(request, review.venture)


@post_only("reviews.use_desk")
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the review begins: a conflict on a venture of which only number, title and organization are known."""
    found = [d.venture for d in declarations_of(request.user) if d.venture.pk == pk and not d.recused]
    if not found:
        raise Http404
    return _recused(request, found[0])


def _recused(request: HttpRequest, venture: Venture) -> HttpResponse:
    """Never back to the desk without a word: who believes to be recused must be."""
    form = RecusalForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.errors)
    actions.recuse(venture, expert=cast(User, request.user), by=request.user, **form.cleaned_data)
    messages.success(
        request, _("You are recused from %(venture)s: you neither see nor score it any more.") % {"venture": venture}
    )
    return redirect("review_home")
