"""Files of an application: papers, the printed form and its stamped scan. The same functions for applicants and desk."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.errors import Conflict, Invalid
from common.files import DOCUMENTS, SCANS, Received, give, receive, serve
from common.limits import take
from common.site.background import wants_fragment
from common.site.exports import made_on_demand
from common.site.uploads import length_of, takes_files
from common.site.web import page, post_only
from rounds.models import AttachmentRule
from ventures.application import actions
from ventures.application.actions.locking import LockedApplication, check_may_write
from ventures.application.printing.fill import pdf_of
from ventures.application.queries.papers import file_of, papers_of, stamp_of, submission_of
from ventures.limits import UNSUBMITTED
from ventures.models import Attachment, Venture
from ventures.requested import sees_account, visible_venture

PAPER_LIMIT = 20 * 1024 * 1024  # bytes of one file
BODY_LIMIT = PAPER_LIMIT + 1024 * 1024
FILES_STEP = "files"


def may_hand_in(request: HttpRequest, pk: int, **rest: Any) -> None:
    """Asked before a file is read. Raises Http404, NotAllowed, Conflict (not editable now), TooMany."""
    check_may_write(visible_venture(request, pk, ()), request.user)
    take(UNSUBMITTED, account=request.user.pk, more=length_of(request))


def papers_context(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """What `ventures/applicant/_papers.html` shows."""
    may = request.user.has_perm("ventures.apply", venture)
    return {
        "venture": venture,
        "papers": papers_of(venture, audience="applicant", may_change=may),
        "paper_kinds": DOCUMENTS,
        "paper_limit": PAPER_LIMIT,
    }


def stamp_context(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """What `ventures/applicant/_stamp.html` shows."""
    may = request.user.has_perm("ventures.apply", venture)
    return {
        "venture": venture,
        "stamp": stamp_of(venture, audience="applicant", may_change=may),
        "scan_kinds": SCANS,
        "paper_limit": PAPER_LIMIT,
    }


@takes_files(BODY_LIMIT, ask=may_hand_in)
@post_only("ventures.fill_in")
def attach(request: HttpRequest, pk: int, rule: int) -> HttpResponse:
    """Add a file to a paper; answers with the papers (for upload.js) or goes back to the step."""
    venture = visible_venture(request, pk)
    row = get_object_or_404(AttachmentRule, pk=rule, round=venture.round_id)
    errors: list[str] = []
    try:
        uploaded = receive(_upload(request), allowed=DOCUMENTS, max_bytes=PAPER_LIMIT)
        with uploaded as received, transaction.atomic():
            file = received.keep(by=request.user, is_demo=venture.is_demo)
            actions.attach(venture, by=request.user, rule=row, file=file)
    except Invalid as e:
        errors = e.sentences
    return _papers(request, venture, row, errors)


def _papers(request: HttpRequest, venture: Venture, rule: AttachmentRule, errors: list[str]) -> HttpResponse:
    if not errors and not wants_fragment(request):
        return redirect("apply_step", pk=venture.pk, step=FILES_STEP)
    context = papers_context(request, visible_venture(request, venture.pk))
    for paper in context["papers"]:
        if paper.rule.pk == rule.pk:
            paper.errors.extend(errors)
    template = "ventures/application/_papers.html" if wants_fragment(request) else "ventures/application/papers.html"
    return render(request, template, context, status=422 if errors else 200)


def _upload(request: HttpRequest, name: str = "file") -> Any:
    upload = request.FILES.get(name)
    if upload is None:
        raise Invalid({name: [_("Please choose a file.")]})
    return upload


@post_only("ventures.fill_in")
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    found = Attachment.objects.filter(venture__in=Venture.objects.visible_to(request.user)).select_related(
        "venture", "file"
    )
    attachment = get_object_or_404(found, pk=pk)
    actions.detach(attachment, by=request.user)
    messages.success(request, _("“%(file)s” is taken off the application.") % {"file": attachment.file.name})
    return redirect("apply_step", pk=attachment.venture_id, step=FILES_STEP)


@takes_files(BODY_LIMIT, ask=may_hand_in)
@post_only("ventures.fill_in")
def stamp(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of the stamped form, bound to the version whose hash stands on the paper."""
    venture = visible_venture(request, pk)
    errors: list[str] = []
    try:
        with stamp_in(request, "file") as scan, transaction.atomic():
            bind_stamp(request, venture, scan)
    except Invalid as e:
        errors = e.sentences
    except Conflict as e:
        errors = [str(e)]
    if not errors and not wants_fragment(request):
        return redirect("apply_step", pk=pk, step="preview")
    context = stamp_context(request, visible_venture(request, pk)) | {"stamp_errors": errors}
    template = "ventures/application/_stamp.html" if wants_fragment(request) else "ventures/application/papers.html"
    return render(request, template, context, status=422 if errors else 200)


def stamp_in(request: HttpRequest, name: str) -> Received:
    """The uploaded scan of the stamped form. Raises Invalid({name: …})."""
    try:
        return receive(_upload(request, name), allowed=SCANS, max_bytes=PAPER_LIMIT)
    except Invalid as e:
        raise Invalid({name: e.fields.get("file", [str(e)])}) from None


def bind_stamp(request: HttpRequest, venture: Venture, scan: Received, locked: LockedApplication | None = None) -> None:
    """Keep a scan and bind it to the version on the paper, in one transaction of the caller's. `locked` and errors: as of
    `actions.bind_stamp`."""
    file = scan.keep(by=request.user, is_demo=venture.is_demo)
    printed = request.POST.get("hash", "")
    actions.bind_stamp(venture, by=request.user, file=file, printed_hash=printed, locked=locked)


def file(request: HttpRequest, pk: int, file: UUID) -> HttpResponseBase:
    """A file of a venture, as an attachment."""
    return serve(request, file_of(visible_venture(request, pk), file), inline="inline" in request.GET)


def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The application as it stands now, on the paper that is stamped."""
    return as_pdf(request, visible_venture(request, pk), None)


def submission_pdf(request: HttpRequest, pk: int, ordinal: int) -> HttpResponse:
    """A version as it was handed in."""
    return as_pdf(request, visible_venture(request, pk), ordinal)


def as_pdf(request: HttpRequest, venture: Venture, ordinal: int | None) -> HttpResponse:
    subject = venture if ordinal is None else submission_of(venture, ordinal)
    name = f"{venture.number or _('Application form')}_{venture.title}.pdf"
    response = give(pdf_of(subject, whole_account=sees_account(request, venture)), name, "application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


apply_file, desk_file = page("ventures.fill_in")(partial(file)), page("ventures.read_desk")(partial(file))
apply_pdf, desk_pdf = page("ventures.fill_in")(made_on_demand(pdf)), page("ventures.read_desk")(made_on_demand(pdf))
apply_submission_pdf = page("ventures.fill_in")(made_on_demand(submission_pdf))
desk_submission_pdf = page("ventures.read_desk")(made_on_demand(submission_pdf))
