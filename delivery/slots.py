"""What this room hangs on pages below: its work and the tab of a venture, the figures of a round."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from delivery.queries import delivered, held_in, rectification_notes
from rounds.models import Round
from ventures.models import Venture
from ventures.states import AWARDED_STATES, Group, State, in_group
from ventures.work import further_page, work_page

work_page(
    State.IN_DELIVERY, "apply_midterm", _("Submit the mid-term report"),
    task=_("The mid-term report is due at half of the period."),
)  # fmt: skip
work_page(
    State.IN_DELIVERY, "apply_final", _("Submit the final report"), when="is_past_mid_term",
    task=_("The final report is due when the period ends."),
)  # fmt: skip
work_page(
    State.RECTIFYING, "apply_rectification", _("Report the rectification"),
    task=_("The mid-term was not passed: put it right and report."), notes=rectification_notes,
)  # fmt: skip
further_page(in_group(Group.DELIVERY), "apply_activities", _("Record an activity"), may="ventures.apply")
work_page(
    State.MID_TERM, "desk_venture_midterm", _("Assess the mid-term"),
    task=_("Mid-terms to assess"), listed="desk_delivery?state=mid_term",
)  # fmt: skip
work_page(
    State.IN_EVALUATION, "desk_venture_final", _("Final evaluation"),
    task=_("Finals to assess"), listed="desk_delivery?state=in_evaluation",
)  # fmt: skip
# To waive the showcase is the exception, not what the page asks for.
work_page(
    State.EVALUATED, "desk_venture_waiver", _("Waive the showcase"), kind="outline-primary",
    task=_("To be shown"), listed="desk_delivery?state=evaluated",
)  # fmt: skip


@slot("venture.tabs", order=45, label=_("Activities and reports"), template="delivery/_tab.html")
def delivery(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Activities with totals against the plan, and the reports with their verdicts."""
    return delivered(venture) if venture.state in AWARDED_STATES else None


@slot("round.figures", order=10, template="delivery/_figures.html")
def held(request: HttpRequest, round_: Round) -> dict[str, Any] | None:
    """How often something was held and how many came."""
    return held_in(round_)
