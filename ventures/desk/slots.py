"""What the desk hangs on the venture's page and on the page of an organization."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.machine.door import may_move
from common.machine.journal_labels import name_kind
from common.site.slots import slot
from rounds.models import Round
from ventures.desk.tables import OfOrganizationTable
from ventures.models import Venture
from ventures.notifications import applicants_of

name_kind("ventures.venture", _("Venture"), "desk_venture", lambda user: Venture.objects.visible_to(user))


@slot("venture.actions", order=90, template="ventures/desk/_terminate.html")
def termination(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """The last button of the row: what nobody should press in passing."""
    return {"venture": venture} if may_move(venture, "terminate", request.user) else None


@slot("round.amendment", order=10, template="ventures/desk/_told.html")
def who_is_told(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """How many people read of an amendment."""
    return {"n": applicants_of(round_.pk).count()}


@slot("organization.parts", order=10, label=_("Ventures"), template="ventures/desk/_of_organization.html")
def ventures_of_organization(request: HttpRequest, organization: Any) -> dict[str, Any]:
    """What an organization has applied for, as far as the reader may see."""
    seen = Venture.objects.visible_to(request.user).filter(organization=organization)
    return {
        "table": OfOrganizationTable.of(seen.select_related("round__series").order_by("-pk")[:100]),
        "organization": organization,
        "may_enter": request.user.has_perm("ventures.enter_for_applicant"),
    }
