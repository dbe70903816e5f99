"""What the desk hangs on the venture's page and on the page of an organization."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind
from common.site.slots import slot
from ventures.desk.tables import OfOrganizationTable
from ventures.models import Venture
from ventures.states import State

name_kind("ventures.venture", _("Venture"), "desk_venture", lambda user: Venture.objects.visible_to(user))

# The page where the work of a state is done: URL name, label, and whose part it is.
WORK: Mapping[str, tuple[str, Any, str]] = {
    State.SUBMITTED: ("desk_screening_venture", _("To screening"), "ventures.screen"),
    State.RETURNED: ("desk_screening_venture", _("To screening"), "ventures.screen"),
    State.MID_TERM: ("desk_venture_midterm", _("Assess the mid-term"), "ventures.evaluate"),
    State.IN_EVALUATION: ("desk_venture_final", _("Final evaluation"), "ventures.evaluate"),
    State.EVALUATED: ("desk_venture_waiver", _("Waive the showcase"), "ventures.show"),
    State.SHOWN: ("desk_venture_closure", _("Closure checklist"), "ventures.read_desk"),
    State.TERMINATING: ("desk_venture_termination", _("Settle the termination"), "ventures.read_desk"),
}
CAN_BE_TERMINATED = frozenset(
    {State.AWARDED, State.IN_DELIVERY, State.MID_TERM, State.RECTIFYING, State.IN_EVALUATION, State.EVALUATED}
)


@slot("venture.actions", order=20, template="ventures/desk/_actions.html")
def desk_actions(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Links to the work that is open to this reader in this state."""
    may = request.user.has_perm
    if not may("ventures.read_desk"):
        return None
    links: list[dict[str, Any]] = []
    if (work := WORK.get(venture.state)) and may(work[2]):
        # To waive the showcase is the exception, not what the page asks for.
        kind = "outline-primary" if venture.state == State.EVALUATED else "primary"
        links.append({"name": work[0], "pk": venture.pk, "label": work[1], "kind": kind})
    if venture.state in {State.ON_NOTICE, State.OBJECTED}:
        if line := venture.notice_lines.order_by("-pk").first():
            links.append({"name": "desk_notice", "pk": line.notice_id, "label": _("To the notice"), "kind": "primary"})
    return {"links": links} if links else None


@slot("venture.actions", order=90, template="ventures/desk/_actions.html")
def termination(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The last button of the row: what nobody should press in passing."""
    if venture.state not in CAN_BE_TERMINATED or not request.user.has_perm("ventures.terminate"):
        return None
    label = _("Terminate…")
    return {"links": [{"name": "desk_venture_termination", "pk": venture.pk, "label": label, "kind": "outline-danger"}]}


@slot("organization.parts", order=10, label=_("Ventures"), template="ventures/desk/_of_organization.html")
def ventures_of_organization(request: HttpRequest, organization: Any) -> dict[str, Any]:
    """What an organization has applied for, as far as the reader may see."""
    seen = Venture.objects.visible_to(request.user).filter(organization=organization)
    return {
        "table": OfOrganizationTable.of(seen.select_related("round__series").order_by("-pk")[:100]),
        "organization": organization,
        "may_enter": request.user.has_perm("ventures.enter_for_applicant"),
    }
