"""The steps of an application: one section a page."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import clock_time, milliseconds
from common.errors import NotAllowed
from common.site.saving import texts as saving_texts
from common.site.web import errors_into, form_page, page, respond
from rounds.models import Round
from ventures.application.content import Form, Section, form_of
from ventures.application.content.fields import Kind, Slug
from ventures.application.corrections import EDITABLE, open_correction
from ventures.application.queries import steps as ask
from ventures.application.queries.budget_rules import live_rules
from ventures.application.views.papers import papers_context
from ventures.application.views.preview import page_of, returned_context, show_preview
from ventures.application.views.section_page import SectionPage, differences_of
from ventures.application.views.texts import texts
from ventures.models import Venture
from ventures.requested import WITH, visible_venture


def own(request: HttpRequest, pk: int, relations: Sequence[str] = WITH) -> Venture:
    """The venture, if this reader may write its application; with what a page needs, or with these relations."""
    row = visible_venture(request, pk, relations)
    if not request.user.has_perm("ventures.apply", row):
        raise NotAllowed
    return row


def venture_url(request: HttpRequest, venture: Venture) -> str:
    """The venture's page for this reader: staff who enter it for an applicant have their own."""
    return reverse("apply_venture" if request.user.has_perm("ventures.start") else "desk_venture", args=[venture.pk])


@page("ventures.fill_in")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first field that a correction opens, or to the first step that has something open."""
    row = own(request, pk)
    correction = open_correction(row)
    if correction and (pin := correction.pins.first()):
        return redirect(page_of(row, form_of(row.round), pin.path))
    steps = ask.steps_of(row)
    return redirect("apply_step", pk=pk, step=next((s.slug for s in steps if not s.is_done), ask.PREVIEW))


@form_page("ventures.fill_in")
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    row = own(request, pk)
    fields = form_of(row.round)
    if request.method != "POST" and row.state not in EDITABLE:
        messages.info(
            request,
            _("%(venture)s is “%(state)s” and can not be edited now.")
            % {"venture": row, "state": row.get_state_display()},
        )
        return redirect(venture_url(request, row))
    if step == ask.PREVIEW:
        if request.method == "POST":
            raise Http404
        return show_preview(request, row)
    section = section_of(fields, step)
    shown = SectionPage(row, fields, section, request.POST if request.method == "POST" else None)
    if shown.form.is_bound:
        chosen, theirs = request.POST.get("mine", ""), request.POST.get("theirs", "")
        if theirs:  # the other text is taken: one's own is left out
            shown = SectionPage(row, fields, section, request.POST, only=set(shown.form.sent) - {theirs})
        choices = {chosen: request.POST.get(f"theirs-{chosen}", "")} if chosen else {}
        shown.form.is_valid()
        with errors_into(shown.form):
            saved = shown.save(request.user, choices=choices)
            if not saved.clashes and not shown.form.errors:
                messages.success(
                    request, _("“%(section)s” saved %(time)s.") % {"section": section.label, "time": clock_time()}
                )
                return redirect("apply_step", pk=pk, step=_after(request, row, fields, step))
            # What could be stored is; what could not is shown again as it was typed.
            only = {*shown.form.bad, *(c.field.path for c in saved.clashes)}
            again = SectionPage(row, fields, section, request.POST, only=only)
            again.clashes = differences_of(saved, shown, again.stored)
            shown = again
            if saved.clashes:
                shown.form.add_error(None, _("Somebody else has changed what you have changed: compare and choose."))
                shown.form.error_status = 409
    return show_section(request, shown)


def section_of(fields: Form, slug: str) -> Section:
    found = next((s for s in fields.sections if s.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _after(request: HttpRequest, row: Venture, fields: Form, step: str) -> str:
    """Where a page that is saved leads to."""
    if "next" not in request.POST:
        return step
    slugs = [s.slug for s in fields.sections]
    return [*slugs[1:], ask.PREVIEW][slugs.index(step)]


def show_section(request: HttpRequest, shown: SectionPage) -> HttpResponse:
    row = shown.venture
    steps = ask.steps_of(row, shown.all_fields)
    return respond(request, "ventures/application/step.html", section_context(request, shown, steps), shown.form)


def section_context(request: HttpRequest, shown: SectionPage, steps: list[ask.Step]) -> dict[str, Any]:
    row, slug = shown.venture, shown.section.slug
    slugs = [s.slug for s in steps]
    papers = papers_context(request, row) if slug == Slug.FILES and row.pk else {}
    return papers | {
        "venture": row,
        "section": shown.section,
        "steps": steps,
        "step": next(s for s in steps if s.slug == slug),
        "next_url": reverse("apply_step", args=[row.pk, slugs[slugs.index(slug) + 1]]) if row.pk else "",
        "rows": shown.rows,
        "has_table": any(f.kind == Kind.TABLE for f in shown.section.fields),
        "application": shown.application,
        "may_copy": bool(row.pk) and ask.is_offered_copy(row, shown.application),
        **returned_context(row, shown.all_fields, shown.correction),
        "rules": ask.rules_of(row.round) if "budget" in shown.stored else [],
        "live": live_rules(row.round, shown.all_fields.budget) if "budget" in shown.stored else None,
        "hints": ask.hints_of(slug),
        "texts": texts(),
        "saving_texts": saving_texts(),
        "now_ms": milliseconds(),
        "closes_ms": milliseconds(row.round.closes_at),
        "deadline": ask.deadline_of(row.round),
        "back_url": venture_url(request, row) if row.pk else "",
    }


def preview(request: HttpRequest, round: Round, step: str) -> HttpResponse:
    """A step of a round's form as an applicant sees it, without a venture: for those who set the round up."""
    fields = form_of(round)
    venture = Venture(round=round, title=_("Sample venture"))
    if step == ask.PREVIEW:
        raise Http404
    shown = SectionPage(venture, fields, section_of(fields, step))
    steps = ask.steps_of(venture, fields, {})
    context = section_context(request, shown, steps) | {"sample": True}
    return respond(request, "ventures/application/step.html", context, shown.form)
