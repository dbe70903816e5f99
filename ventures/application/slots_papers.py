"""Versions and files of an application on the venture's page, for whoever may see the application in full."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.slots import slot
from common.verbs import name_verbs
from ventures.models import Venture
from ventures.queries.papers import papers_of, stamp_of
from ventures.queries.versions import versions_of
from ventures.states import State

name_verbs(
    bind_stamp=_("Stamped scan uploaded"),
    copy_from=_("Copied from an earlier application"),
    enter_for_applicant=_("Draft begun by staff (代录)"),
)


@slot("venture.tabs", order=25, label=_("Versions and files"), template="ventures/tabs/_versions.html")
def versions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """What was handed in, when; papers and the stamped form. None for experts, who judge the words."""
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
