"""What an applicant may do on the venture's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.slots import slot
from ventures.models import Submission, Venture
from ventures.states import State

RECORDS_ACTIVITIES = (State.IN_DELIVERY, State.MID_TERM, State.RECTIFYING)


@slot("venture.actions", order=10, template="ventures/applicant/_actions.html")
def applicant_actions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Links and verbs that are open now, the main one first. None for who does not act for the organization."""
    if not request.user.has_perm("ventures.apply", venture):
        return None
    links: list[tuple[str, Any]] = []
    if venture.state == State.DRAFT:
        links.append(("apply_form", _("Continue the application")))
    elif venture.state == State.RETURNED:
        links.append(("apply_form", _("Correct and submit again")))
    elif venture.state == State.RECTIFYING:
        links.append(("apply_rectification", _("Report the rectification")))
    elif venture.state == State.IN_DELIVERY and venture.midterm_passed_at is None:
        links.append(("apply_midterm", _("Submit the mid-term report")))
    elif venture.state == State.IN_DELIVERY:
        links.append(("apply_final", _("Submit the final report")))
    if venture.state in RECORDS_ACTIVITIES:
        links.append(("apply_activities", _("Record an activity")))
    links.append(("apply_print", _("Print the application")))
    return {
        "links": [(reverse(name, args=[venture.pk]), label) for name, label in links],
        "has_main": links[0][0] != "apply_print",
        "may_withdraw": venture.state == State.SUBMITTED and now() <= venture.round.closes_at,
        "venture": venture,
    }


@slot("venture.notes", order=10, template="ventures/applicant/_receipt.html")
def receipt(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """What was handed in last, to the second, with number and hash; while the desk looks at it."""
    if venture.state not in {State.SUBMITTED, State.RETURNED} or not request.user.has_perm("ventures.apply", venture):
        return None
    last = Submission.objects.filter(venture=venture.pk).defer("content").order_by("ordinal").last()
    return {"venture": venture, "submission": last} if last else None
