"""The last step: the application as it will be printed, what is open, the declaration."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.clock import milliseconds
from common.site.web import respond
from organizations.models import Organization
from ventures.application.content import ApplicationContent, Form, form_of, without_account
from ventures.application.corrections import ORGANIZATION, open_correction
from ventures.application.forms import SubmitForm
from ventures.application.queries import steps as ask
from ventures.application.queries.content_view import content_view
from ventures.application.views.papers import stamp_context
from ventures.application.views.texts import texts
from ventures.eligibility.evaluating import evaluate
from ventures.models import Correction, Venture
from ventures.requested import sees_account


def show_preview(request: HttpRequest, row: Venture, form: SubmitForm | None = None) -> HttpResponse:
    application = ask.application_of(row)
    if form is None:
        form = SubmitForm(initial={"version": application.version, "declared": application.declared})
    steps = ask.steps_of(row)
    correction = open_correction(row)
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
        **printed_context(row, correction, whole_account=sees_account(request, row)),
    }
    if row.round.stamp_required:
        context |= stamp_context(request, row)
    return respond(request, "ventures/application/step_preview.html", context, form)


def returned_context(row: Venture, form: Form, correction: Correction | None) -> dict[str, Any]:
    """What the banner of a returned application shows: each open field with the page where it is."""
    pins = []
    for pin in correction.pins.all() if correction else ():
        pins.append({"path": pin.path, "label": pin.label, "remark": pin.remark, "url": page_of(row, form, pin.path)})
    return {"correction": correction, "pinned": pins}


def page_of(row: Venture, form: Form, path: str) -> str:
    """Where a field that a correction opens is written."""
    if path == ORGANIZATION:
        return reverse("apply_organization", args=[row.organization_id])
    field = form.get(path)
    return reverse("apply_step", args=[row.pk, field.section if field else ask.PREVIEW]) + f"#f-{path}"


def printed_context(row: Venture, correction: Correction | None = None, *, whole_account: bool) -> dict[str, Any]:
    """What the printed form shows (ventures/applicant/_form.html); with what a correction asks, at its field."""
    written = ApplicationContent(row)
    content = written.content if whole_account else without_account(written.content)
    return {
        "venture": row,
        "round": row.round,
        "organization": organization_of(content, row.organization),
        "application": written.application,
        "content": content_view(row, contact=True, pins=correction.pins.all() if correction else ()),
        "fingerprint": written.hash[:16],
    }


def organization_of(content: Mapping[str, Any], organization: Organization) -> Organization:
    """The organization as the content says it, never to be saved."""
    said = copy(organization)
    for name, value in content["organization"].items():
        field = Organization._meta.get_field(name)
        known = value != "" or field.empty_strings_allowed
        setattr(said, name, field.to_python(value) if known else None)  # type: ignore[union-attr]
    return said
