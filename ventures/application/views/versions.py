"""Receipts and versions: what was handed in, and what changed. The same pages for applicants and the desk."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from common.site.paging import row_number
from common.site.web import page
from ventures.application.queries.content_view import content_view
from ventures.application.queries.papers import Entry, file_url, submission_of
from ventures.application.queries.versions import NOW, compare, is_intact, versions_of
from ventures.models import Submission, Venture
from ventures.requested import sees_account, visible_venture

VENTURE_URL = {"applicant": "apply_venture", "staff": "desk_venture"}
URLS = {
    "applicant": {"receipt": "apply_receipt", "compare": "apply_compare", "pdf": "apply_submission_pdf"},
    "staff": {"receipt": "desk_receipt", "compare": "desk_compare", "pdf": "desk_submission_pdf"},
}


def receipt(request: HttpRequest, pk: int, ordinal: int, audience: str) -> HttpResponse:
    """One version with its receipt: number, time, hash, files, and what it says."""
    venture = visible_venture(request, pk)
    version = submission_of(venture, ordinal)
    context = {
        "venture": venture,
        "version": version,
        "versions": versions_of(venture),
        "is_intact": is_intact(version),
        "sections": content_view(version, contact=True),
        "files": [Entry(f, file_url(venture, f, audience)) for f in version.files.order_by("created_at")],
        "stamped": _stamped(venture, version, audience),
        "urls": URLS[audience],
        "venture_url": VENTURE_URL[audience],
        "audience": audience,
    }
    return render(request, "ventures/application/receipt.html", context)


def _stamped(venture: Venture, version: Submission, audience: str) -> list[Entry]:
    scan = version.stamped_scan
    return [Entry(scan.file, file_url(venture, scan.file, audience))] if scan is not None else []


def comparison(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Two versions, field by field: `?from=1&to=2`, or `to=now`. Without: the last two there are."""
    venture = visible_venture(request, pk)
    versions = versions_of(venture)
    if not versions:
        raise Http404
    is_own = audience == "applicant"
    old, new = _chosen(request, versions, is_own)
    context = {
        "venture": venture,
        "versions": versions,
        "old": old,
        "new": new,
        "now": NOW if is_own else "",
        "comparison": compare(
            venture,
            submission_of(venture, int(old)),
            None if new == NOW else submission_of(venture, int(new)),
            whole_account=sees_account(request, venture),
        ),
        "urls": URLS[audience],
        "venture_url": VENTURE_URL[audience],
    }
    return render(request, "ventures/application/compare.html", context)


def _chosen(request: HttpRequest, versions: list[Submission], is_own: bool) -> tuple[str, str]:
    """Ordinals as in the address; the desk never sees what is not handed in yet."""
    last = versions[-1].ordinal
    old = row_number(request.GET.get("from", "")) or max(last - 1, 1)
    asked = request.GET.get("to", "")
    new = row_number(asked) or (NOW if is_own and (asked == NOW or last == 1) else last)
    return str(old), str(new)


apply_receipt = page("ventures.fill_in")(partial(receipt, audience="applicant"))
desk_receipt = page("ventures.read_desk")(partial(receipt, audience="staff"))
apply_compare = page("ventures.fill_in")(partial(comparison, audience="applicant"))
desk_compare = page("ventures.read_desk")(partial(comparison, audience="staff"))
