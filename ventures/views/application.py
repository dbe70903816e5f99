"""Filling in the application, step by step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_filter
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import DomainError, NotAllowed
from common.web import errors_into, form_page, page, respond, verb
from ventures import actions
from ventures.forms.applicant import Budget, FactsForm, SubmitForm, VersionForm, WordsForm
from ventures.models import Application, Venture
from ventures.queries import applicant as ask
from ventures.queries.budget import live_rules
from ventures.states import State
from ventures.views.venture import visible_venture

EDITABLE = (State.DRAFT, State.RETURNED)


def _own(request: HttpRequest, pk: int) -> Venture:
    row = visible_venture(request, pk)
    if not request.user.has_perm("ventures.apply", row):
        raise NotAllowed
    return row


class Section:
    """One step's form over stored or sent data, and how it is saved."""

    def __init__(self, venture: Venture, application: Application, slug: str, data: Any = None) -> None:
        self.venture, self.slug = venture, slug
        self.budget: Budget | None = None
        version = {"version": application.version}
        self.form: Any
        if slug == "basic":
            initial = version | {name: getattr(venture, name) for name in ask.FACT_NAMES}
            self.form = FactsForm(data, round=venture.round, initial=initial)
        elif slug == "words":
            initial = version | {name: getattr(application, name) for name in ask.WORD_NAMES}
            self.form = WordsForm(data, initial=initial)
        elif slug == "budget":
            self.form = VersionForm(data, initial=version)
            self.budget = Budget(data, () if data is not None else venture.budget_lines.all())
        else:
            raise Http404

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.budget is None or self.budget.is_valid()])

    def save(self, by: Any) -> Application:
        parts: dict[str, Any] = {"version": self.form.cleaned_data["version"]}
        if self.budget is not None:
            parts |= {"facts": self.budget.sums, "budget": self.budget.lines}
        elif self.slug == "basic":
            parts["facts"] = self.form.facts
        else:
            parts["words"] = self.form.words
        return actions.save_draft(self.venture, by=by, **parts)


@page("ventures.start")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first step that has something open."""
    row = _own(request, pk)
    steps = ask.steps_of(row)
    return redirect("apply_step", pk=pk, step=next((s.slug for s in steps if not s.is_done), "preview"))


@form_page("ventures.start")
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    row = _own(request, pk)
    if step not in ask.STEPS:
        raise Http404
    if request.method != "POST":
        if row.state not in EDITABLE:
            messages.info(request, _("%(venture)s is “%(state)s” and can not be edited now.") % _named(row))
            return redirect("apply_venture", pk=pk)
        if step == "preview":
            return _preview(request, row, SubmitForm(initial=_declared(row)))
    application = ask.application_of(row)
    section = Section(row, application, step, request.POST if request.method == "POST" else None)
    if section.form.is_bound and section.is_valid():
        with errors_into(section.form):
            section.save(by=request.user)
            messages.success(request, _("Saved %(time)s.") % {"time": _time()})
            return redirect("apply_step", pk=pk, step=_after(step) if "next" in request.POST else step)
        # Refused: shown again over what was typed, as made from the version that is stored now.
        _take_version(section.form, ask.application_of(row).version)
    elif section.form.is_bound and not section.form.errors:
        # A bad cell of the budget is told at the cell; the page on top says so too.
        section.form.add_error(None, _("Please correct the marked cells of the budget."))
    return _show(request, row, application, section)


def _show(request: HttpRequest, row: Venture, application: Application, section: Section) -> HttpResponse:
    steps = ask.steps_of(row)
    context = {
        "venture": row,
        "steps": steps,
        "step": next(s for s in steps if s.slug == section.slug),
        "application": application,
        "budget": section.budget,
        "rules": ask.rules_of(row.round),
        "live": live_rules(row.round) if section.budget is not None else None,
        "deadline": ask.deadline_of(row.round),
        "returned": ask.returned_words([row.pk]).get(row.pk, "") if row.state == State.RETURNED else "",
    }
    return respond(request, f"ventures/applicant/step_{section.slug}.html", context, section.form)


@verb("ventures.start")
def autosave(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Saves while somebody types; answers with a line and the new version. A refusal is only told: nothing is lost."""
    row = _own(request, pk)
    section = Section(row, ask.application_of(row), step, request.POST)
    context: dict[str, Any] = {"venture": row, "time": _time()}
    if not section.is_valid():
        context["problem"] = _("Not saved yet: please correct what is marked, then save.")
    else:
        try:
            context["version"] = section.save(by=request.user).version
        except DomainError as e:
            context["problem"] = str(e)
        else:
            steps = ask.steps_of(row)
            context |= {"steps": steps, "step": next(s for s in steps if s.slug == step)}
    return render(request, "ventures/applicant/_saved.html", context)


def _preview(request: HttpRequest, row: Venture, form: SubmitForm) -> HttpResponse:
    application = ask.application_of(row)
    context = {
        "venture": row,
        "steps": (steps := ask.steps_of(row)),
        "step": steps[-1],
        "open_steps": [s for s in steps if s.points],
        "deadline": ask.deadline_of(row.round),
        "returned": ask.returned_words([row.pk]).get(row.pk, "") if row.state == State.RETURNED else "",
        **printed_context(row, application),
    }
    return respond(request, "ventures/applicant/step_preview.html", context, form)


def printed_context(row: Venture, application: Application) -> dict[str, Any]:
    """What the printed form shows (ventures/applicant/_form.html)."""
    lines = list(row.budget_lines.all())
    return {
        "venture": row,
        "round": row.round,
        "organization": row.organization,
        "application": application,
        "words": ask.words_of(application),
        "lines": lines,
        "fingerprint": ask.fingerprint(row, application, lines),
    }


@verb("ventures.start")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_in(request, pk, actions.submit)


@verb("ventures.start")
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_in(request, pk, actions.resubmit)


def _hand_in(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    """The tick is stored first, so that a refused submission loses nothing."""
    row = _own(request, pk)
    form = SubmitForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            given = form.cleaned_data
            actions.save_draft(row, by=request.user, words={"declared": given["declared"]}, version=given["version"])
            action(row, by=request.user)
            words = {"venture": row, "number": row.number, "time": _time()}
            messages.success(request, _("%(venture)s is submitted (%(time)s). Its number is %(number)s.") % words)
            return redirect("apply_venture", pk=pk)
    _take_version(form, ask.application_of(row).version)
    return _preview(request, row, form)


@page("ventures.start")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The application on A4, to be stamped and signed."""
    row = visible_venture(request, pk)
    return render(request, "ventures/applicant/print.html", printed_context(row, ask.application_of(row)))


def _declared(row: Venture) -> dict[str, Any]:
    application = ask.application_of(row)
    return {"version": application.version, "declared": application.declared}


def _take_version(form: Any, version: int) -> None:
    """The page is shown again with what was typed, made from the version that is stored now."""
    form.data = form.data.copy()
    form.data["version"] = str(version)


def _after(step: str) -> str:
    slugs = list(ask.STEPS)
    return slugs[min(slugs.index(step) + 1, len(slugs) - 1)]


def _time() -> str:
    return date_filter(localtime(now()), "H:i:s")


def _named(row: Venture) -> dict[str, Any]:
    return {"venture": row, "state": row.get_state_display()}
