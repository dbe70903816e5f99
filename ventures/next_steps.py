"""What comes next for a venture and who has it, state by state, as data: the header of the venture's page, lists, mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from common import deadlines
from ventures.models import Notice, Venture
from ventures.states import State


class Holder(TextChoices):
    """In whose hands a venture is."""

    APPLICANT = "applicant", _("the applicant")
    STAFF = "staff", _("the round's staff")
    MANAGER = "manager", _("the round's manager")
    EXPERTS = "experts", _("the review panel")
    FINANCE = "finance", _("the finance officer")
    PUBLIC = "public", _("the public")
    NOBODY = "nobody", _("nobody")


ROLES: Mapping[str, frozenset[Role]] = {
    Holder.APPLICANT: frozenset({Role.APPLICANT}),
    Holder.STAFF: frozenset({Role.CLERK, Role.MANAGER}),
    Holder.MANAGER: frozenset({Role.MANAGER}),
    Holder.EXPERTS: frozenset({Role.EXPERT}),
    Holder.FINANCE: frozenset({Role.FINANCE, Role.MANAGER}),
    Holder.PUBLIC: frozenset(),
    Holder.NOBODY: frozenset(),
}

NEXT: Mapping[str, tuple[Any, Holder]] = {
    State.DRAFT: (_("Fill in the application and submit it by %(deadline)s."), Holder.APPLICANT),
    State.LAPSED: (_("The call closed on %(deadline)s before this draft was submitted."), Holder.NOBODY),
    State.SUBMITTED: (_("Waiting for screening by the round's staff."), Holder.STAFF),
    State.RETURNED: (_("Correct what was returned and submit it again by %(due)s."), Holder.APPLICANT),
    State.NOT_ACCEPTED: (_("The application was refused; the reason is in the progress below."), Holder.NOBODY),
    State.ELIGIBLE: (_("Screening is passed; waiting for the review to begin."), Holder.STAFF),
    State.IN_REVIEW: (_("The panel scores; waiting for every score and the selection."), Holder.EXPERTS),
    State.PROPOSED: (_("Proposed for award; waiting for the public notice."), Holder.MANAGER),
    State.RESERVE: (_("In reserve; moves up when a proposed venture drops out."), Holder.MANAGER),
    State.NOT_SELECTED: (_("Not selected in this round."), Holder.NOBODY),
    State.ON_NOTICE: (
        _("On public notice to %(notice_end)s 24:00; objections can be filed until then."),
        Holder.PUBLIC,
    ),
    State.OBJECTED: (_("An objection is under inquiry; waiting for the ruling."), Holder.MANAGER),
    State.CANCELLED: (_("An objection was upheld; the award is cancelled."), Holder.NOBODY),
    State.AWARDED: (_("Waiting for the agreement to be signed and the first tranche to be paid."), Holder.FINANCE),
    State.IN_DELIVERY: (_("Deliver, record activities, and hand in the mid-term report."), Holder.APPLICANT),
    State.MID_TERM: (_("The mid-term report is in; waiting for its assessment."), Holder.STAFF),
    State.RECTIFYING: (_("Put right what the assessment names and report by %(rectify_by)s."), Holder.APPLICANT),
    State.IN_EVALUATION: (_("The final report is in; waiting for the final evaluation."), Holder.STAFF),
    State.EVALUATED: (_("Evaluated; waiting for the showcase."), Holder.STAFF),
    State.SHOWN: (_("Waiting for closure: accounts settled, archive whole."), Holder.MANAGER),
    State.CLOSED: (_("Closed on %(closed_on)s. Nothing is left to do."), Holder.NOBODY),
    State.TERMINATING: (_("Being terminated; waiting for the money to be settled."), Holder.FINANCE),
    State.TERMINATED: (_("Terminated on %(closed_on)s."), Holder.NOBODY),
}
NOTICE_IS_OVER = (_("The notice period is over; waiting for the award."), Holder.MANAGER)
FINAL_REPORT_IS_NEXT = (
    _("The mid-term is passed. Deliver, record activities, and hand in the final report."),
    Holder.APPLICANT,
)


@dataclass(frozen=True)
class NextStep:
    """The sentence as shown, and who has to act."""

    sentence: str
    holder: Holder

    def is_for(self, user: Any) -> bool:
        """Whether people of this user's role have to act (visibility is decided before)."""
        return getattr(user, "role", "") in ROLES[self.holder]


def next_step(venture: Venture) -> NextStep:
    """The next step of one venture. One query while on notice or rectifying, else none (with `round` at hand)."""
    sentence, holder = NEXT[venture.state]
    facts: dict[str, Any] = {
        "deadline": deadlines.told(venture.round.closes_at),
        "due": venture.correction_due_on or "—",
        "closed_on": venture.closed_on or "—",
    }
    if venture.state == State.ON_NOTICE:
        notice = Notice.objects.filter(lines__venture=venture).order_by("-pk").first()
        facts["notice_end"] = notice.closes_on if notice else "—"
        if notice and notice.is_over:
            sentence, holder = NOTICE_IS_OVER
    elif venture.state == State.RECTIFYING:
        report = venture.reports.exclude(rectify_by=None).last()
        facts["rectify_by"] = report.rectify_by if report else "—"
    elif venture.state == State.IN_DELIVERY and venture.midterm_passed_at:
        sentence, holder = FINAL_REPORT_IS_NEXT
    return NextStep(str(sentence) % facts, holder)
