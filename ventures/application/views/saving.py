"""Saving while somebody types. The page's script sends what was touched, and is told field by field what became of it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from common.clock import clock_time, milliseconds
from common.errors import DomainError
from common.site import saving
from common.site.paging import row_number
from common.site.web import post_only
from ventures.application.actions.drafts import Saved
from ventures.application.content import digest, form_of
from ventures.application.forms import SectionForm
from ventures.application.queries import steps as ask
from ventures.application.views.section_page import SectionPage, differences_of
from ventures.application.views.steps import own, section_of


@post_only("ventures.fill_in")
def autosave(request: HttpRequest, pk: int, step: str) -> JsonResponse:
    """Answers in JSON: {written, base_digests, errors, cells, clashes, fresh, steps, points …}, or {problem} with its 4xx."""
    try:
        row = own(request, pk)
        saving.check_user(request)
        fields = form_of(row.round)
        shown = SectionPage(
            row, fields, section_of(fields, step), request.POST, only=request.POST.getlist("only")
        )  # fmt: skip
        shown.form.is_valid()
        sequence = row_number(request.POST.get("sequence", "")) or 0
        saved = shown.save(request.user, page=request.POST.get("page", "")[:40], sequence=sequence)
    except DomainError as e:
        return saving.problem(e)
    return JsonResponse(_answer(request, shown, saved))


def _answer(request: HttpRequest, shown: SectionPage, saved: Saved) -> dict[str, Any]:
    form = shown.form
    stored = SectionPage(shown.venture, shown.all_fields, shown.section)  # as it is now, for what is shown anew
    clashes = {
        path: {
            "html": render_to_string("common/clash.html", {"clash": c, "path": path}, request),
            "theirs": c.theirs_digest,
            "fresh": _fresh(request, stored, path)["html"],
        }
        for path, c in differences_of(saved, shown, stored.stored).items()
    }
    steps = ask.steps_of(shown.venture, shown.all_fields)
    step = next(s for s in steps if s.slug == shown.section.slug)
    parts = {"venture": shown.venture, "steps": steps, "step": step}
    return {
        "written": saved.written,
        "base_digests": {
            path: value
            for path, value in saved.base_digests.items()
            if path not in clashes and path not in saved.renewed
        },
        "errors": {path: _sentences(form, path) for path in form.bad if _sentences(form, path)},
        "cells": {path: form.tables[path].cell_errors for path in form.bad if path in form.tables},
        "clashes": clashes,
        "fresh": {path: _fresh(request, stored, path) for path in _changed_elsewhere(request, shown, saved, stored)},
        "steps": render_to_string("ventures/application/_steps.html", parts, request),
        "points": render_to_string("ventures/application/_points.html", parts, request),
        "version": saved.version,
        "time": clock_time(),
        "now": milliseconds(),
    }


def _sentences(form: SectionForm, path: str) -> list[str]:
    """What is wrong with a field, or with a table as a whole."""
    found = form.tables[path].non_form_errors() if path in form.tables else form.errors.get(path, ())
    return [str(sentence) for sentence in found]


def _changed_elsewhere(request: HttpRequest, shown: SectionPage, saved: Saved, stored: SectionPage) -> list[str]:
    """Fields that this page has not touched, and that say something else by now than when it was made."""
    others = [p for p in shown.stored if p not in shown.form.sent and f"base_digest-{p}" in request.POST]
    return [p for p in others if digest(stored.stored[p]) != request.POST[f"base_digest-{p}"]] + list(saved.renewed)


def _fresh(request: HttpRequest, stored: SectionPage, path: str) -> dict[str, Any]:
    row = stored.row(path)
    who, at, *__ = stored.application.touched.get(path, ["", ""])
    html = render_to_string("ventures/application/_field.html", {"row": row, "venture": stored.venture}, request)
    return {"html": html, "by": who, "at": clock_time(datetime.fromisoformat(at))[:5] if at else ""}
