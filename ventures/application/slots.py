"""What this subject hangs on the venture's page: what an applicant may do, versions and files."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.journal_labels import name_verbs
from common.site.slots import slot
from ventures.application.corrections import correction_notes
from ventures.application.queries.content_view import content_view
from ventures.application.queries.papers import papers_of, stamp_of
from ventures.application.queries.versions import versions_of
from ventures.models import Submission, Venture
from ventures.states import Group, State, waiting
from ventures.work import work_page

name_verbs(
    bind_stamp=_("Stamped scan uploaded"),
    copy_from=_("Copied from an earlier application"),
    enter_for_applicant=_("Draft begun by staff (代录)"),
)

work_page(State.DRAFT, "apply_form", _("Continue the application"), task=_("Draft: not submitted yet."))
work_page(
    State.RETURNED,
    "apply_form",
    _("Correct and submit again"),
    task=_("Returned for correction."),
    notes=correction_notes,
)


@slot("venture.actions", order=15, template="ventures/application/_actions.html")
def applicant_actions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """What is open beside the work of the state. None for who does not act for the organization."""
    if not request.user.has_perm("ventures.apply", venture):
        return None
    return {
        "may_withdraw": venture.state == State.SUBMITTED and now() <= venture.round.closes_at,
        "venture": venture,
    }


@slot("venture.notes", order=10, template="ventures/application/_receipt.html")
def receipt(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """What was handed in last, to the second, with number and hash; while the desk looks at it."""
    if venture.state not in waiting(Group.SCREENING) or not request.user.has_perm("ventures.apply", venture):
        return None
    last = Submission.objects.filter(venture=venture.pk).defer("content").order_by("ordinal").last()
    return {"venture": venture, "submission": last} if last else None


@slot("venture.tabs", order=25, label=_("Versions and files"), template="ventures/application/_versions.html")
def versions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """What was handed in, when; papers and the stamped form. None for experts, who judge the narrative."""
    own = request.user.has_perm("ventures.apply", venture)
    if not own and not request.user.has_perm("ventures.read_desk"):
        return None
    audience = "applicant" if own else "staff"
    return {
        "venture": venture,
        "versions": versions_of(venture),
        "papers": papers_of(venture, audience=audience, may_change=False),
        # The whole application is read for its hash: not for every page of every round.
        "stamp": stamp_of(venture, audience=audience, may_change=False) if _is_stamped(venture) else None,
        "pdf_url": "apply_pdf" if own else "desk_pdf",
        "receipt_url": "apply_receipt" if own else "desk_receipt",
        "compare_url": "apply_compare" if own else "desk_compare",
        "may_copy": own and venture.state == State.DRAFT,
    }


def _is_stamped(venture: Venture) -> bool:
    return venture.round.stamp_required or venture.stamped_scans.exists()


@slot("venture.tabs", order=20, label=_("Application"), template="ventures/application/_application.html")
def application(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """Everything the application says, section by section."""
    return application_context(request, venture)


def application_context(request: HttpRequest, venture: Venture) -> dict[str, Any]:
    """What the application's part shows; an expert does not need names and phones to judge.

    While a correction is being written, the desk reads what was handed in.
    """
    writes = request.user.has_perm("ventures.apply", venture)
    version = None
    if venture.state == State.RETURNED and not writes:
        version = venture.submissions.order_by("ordinal").last()
        if version is not None:
            version.venture = venture
    return {
        "venture": venture,
        "content": content_view(version or venture, contact=request.user.has_perm("accounts.use_desk") or writes),
    }
