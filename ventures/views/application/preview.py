"""The last step: the application as it will be printed, what is open, the declaration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.clock import milliseconds
from common.web import respond
from ventures.content import Form, Written, form_of
from ventures.eligibility import evaluate
from ventures.forms.applicant import SubmitForm
from ventures.models import Correction, Venture
from ventures.queries import application as ask
from ventures.queries.content_view import content_view
from ventures.views.application.texts import texts
from ventures.views.papers import stamp_context


def show_preview(request: HttpRequest, row: Venture, form: SubmitForm | None = None) -> HttpResponse:
    application = ask.application_of(row)
    if form is None:
        form = SubmitForm(initial={"version": application.version, "declared": application.declared})
    steps = ask.steps_of(row)
    correction = ask.open_correction(row)
    context = {
        "venture": row,
        "steps": steps,
        "step": steps[-1],
        "open_steps": [s for s in steps if s.points],
        **returned_context(row, form_of(row.round), correction),
        "deadline": ask.deadline_of(row.round),
        "now_ms": milliseconds(),
        "closes_ms": milliseconds(row.round.closes_at),
        "texts": texts(),
        "eligibility": evaluate(row),
        "back_url": reverse("apply_form", args=[row.pk]),
        **printed_context(row, correction),
    }
    if row.round.stamp_required:
        context |= stamp_context(request, row)
    return respond(request, "ventures/applicant/step_preview.html", context, form)


def returned_context(row: Venture, form: Form, correction: Correction | None) -> dict[str, Any]:
    """What the banner of a returned application shows: each open field with the page where it is."""
    pins = []
    for pin in correction.pins.all() if correction else ():
        field = form.get(pin.path)
        page = reverse("apply_step", args=[row.pk, field.section if field else ask.PREVIEW])
        pins.append({"path": pin.path, "label": pin.label, "remark": pin.remark, "url": f"{page}#f-{pin.path}"})
    return {"correction": correction, "pinned": pins}


def printed_context(row: Venture, correction: Correction | None = None) -> dict[str, Any]:
    """What the printed form shows (ventures/applicant/_form.html); with what a correction asks, at its field."""
    written = Written(row)
    return {
        "venture": row,
        "round": row.round,
        "organization": row.organization,
        "application": written.application,
        "content": content_view(row, contact=True, pins=correction.pins.all() if correction else ()),
        "fingerprint": written.hash[:16],
    }
