"""The states of a venture. Source of the list: domain notes, section 2."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    LAPSED = "lapsed", _("Not submitted in time")
    SUBMITTED = "submitted", _("Submitted, awaiting screening")
    RETURNED = "returned", _("Returned for correction")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    ELIGIBLE = "eligible", _("Eligible, awaiting review")
    IN_REVIEW = "in_review", _("In review")
    PROPOSED = "proposed", _("Proposed for award")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    ON_NOTICE = "on_notice", _("On public notice")
    OBJECTED = "objected", _("Objection under inquiry")
    CANCELLED = "cancelled", _("Award cancelled")
    AWARDED = "awarded", _("Awarded, awaiting agreement")
    IN_DELIVERY = "in_delivery", _("In delivery")
    MID_TERM = "mid_term", _("Mid-term evaluation")
    RECTIFYING = "rectifying", _("Rectifying")
    IN_EVALUATION = "in_evaluation", _("Final evaluation")
    EVALUATED = "evaluated", _("Evaluated, awaiting showcase")
    SHOWN = "shown", _("In closure")
    CLOSED = "closed", _("Closed")
    TERMINATING = "terminating", _("Termination being settled")
    TERMINATED = "terminated", _("Terminated")


FINAL_STATES = frozenset(
    {State.LAPSED, State.NOT_ACCEPTED, State.NOT_SELECTED, State.CANCELLED, State.CLOSED, State.TERMINATED}
)

# What the selection makes of a venture in review; nobody outside the desk learns it before the public notice.
SELECTION_VERBS = ("propose", "keep_in_reserve", "decline")
SELECTED_STATES = frozenset({State.PROPOSED, State.RESERVE, State.NOT_SELECTED})

# One meaning per colour everywhere: grey draft or ended without award, blue waiting for someone, amber needs you or
# overdue soon, red refused or overdue, green done.
COLOURS: dict[str, str] = {
    State.DRAFT: "secondary",
    State.LAPSED: "secondary",
    State.SUBMITTED: "blue",
    State.RETURNED: "yellow",
    State.NOT_ACCEPTED: "red",
    State.ELIGIBLE: "blue",
    State.IN_REVIEW: "blue",
    State.PROPOSED: "blue",
    State.RESERVE: "secondary",
    State.NOT_SELECTED: "secondary",
    State.ON_NOTICE: "blue",
    State.OBJECTED: "yellow",
    State.CANCELLED: "red",
    State.AWARDED: "blue",
    State.IN_DELIVERY: "blue",
    State.MID_TERM: "blue",
    State.RECTIFYING: "yellow",
    State.IN_EVALUATION: "blue",
    State.EVALUATED: "blue",
    State.SHOWN: "blue",
    State.CLOSED: "green",
    State.TERMINATING: "yellow",
    State.TERMINATED: "red",
}
