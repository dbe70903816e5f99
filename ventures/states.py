"""The states of a venture and, in one table, all that differs by state. Source of the list: domain notes, section 2.

Whoever asks for a set of states asks the table (`in_group`, `waiting`, `held_by`), so that a new state costs its moves
(`lifecycle.py`), its row here and the page of its work (`work.work_page`). A list of states elsewhere is a rule of that
place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rounds.phases import PhaseKind


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


class Group(Enum):
    """The parts of a venture's life, in their order."""

    DRAFT = auto()
    SCREENING = auto()
    REVIEW = auto()
    SELECTION = auto()  # nobody outside the desk learns it before the public notice
    NOTICE = auto()
    AGREEMENT = auto()  # from here on the venture is awarded
    DELIVERY = auto()
    EVALUATION = auto()
    CLOSURE = auto()
    TERMINATION = auto()


class Holder(TextChoices):
    """In whose hands a venture is."""

    APPLICANT = "applicant", _("the applicant")
    STAFF = "staff", _("the round's staff")
    MANAGER = "manager", _("the round's manager")
    EXPERTS = "experts", _("the review panel")
    FINANCE = "finance", _("the finance officer")
    PUBLIC = "public", _("the public")
    NOBODY = "nobody", _("nobody")


@dataclass(frozen=True)
class Step:
    """What comes next: the sentence, who has to act, and the permission that makes it somebody's part.

    `due` names the due date by which it is to be done (common.machine.due). A step with `when` takes the place of the one
    before while that attribute of the venture is true.
    """

    sentence: Any
    holder: Holder
    may: str = ""
    due: str = ""
    when: str = ""


@dataclass(frozen=True)
class Row:
    """What differs by state. `word` is how forms and workbooks call it, which are Chinese whatever their maker reads;
    `phase` the one of the round that a venture in this state holds up, if it holds up any."""

    group: Group
    colour: str
    word: str
    steps: tuple[Step, ...]
    phase: PhaseKind | None

    @property
    def is_end(self) -> bool:
        return self.steps[0].holder is Holder.NOBODY

    def told(self) -> Mapping[str, Sequence[Any]]:
        """What the documents tell of it: heading → words, one for each step."""
        return {
            "part of the life": [self.group.name.lower()],
            "phase of the round": [self.phase.label if self.phase else "—"],
            "next step": [s.sentence for s in self.steps],
            "in the hands of": [s.holder.label for s in self.steps],
            "whose part": [f"`{s.may}`" if s.may else "—" for s in self.steps],
        }


def _row(group: Group, colour: str, word: str, *steps: Step, phase: PhaseKind | None = None) -> Row:
    return Row(group, colour, word, steps, phase)


# One meaning per colour everywhere: grey draft or ended without award, blue waiting for someone, amber needs you or
# overdue soon, red refused or overdue, green done.
TABLE: Mapping[str, Row] = {
    State.DRAFT: _row(
        Group.DRAFT, "secondary", "草稿",
        Step(_("Fill in the application and submit it by %(deadline)s."), Holder.APPLICANT, "ventures.apply",
             due="application"),
        Step(_("The call closed on %(deadline)s before this draft was submitted."), Holder.NOBODY, when="call_is_over"),
    ),
    State.LAPSED: _row(
        Group.DRAFT, "secondary", "逾期未提交",
        Step(_("The call closed on %(deadline)s before this draft was submitted."), Holder.NOBODY),
    ),
    State.SUBMITTED: _row(
        Group.SCREENING, "blue", "待形式审查",
        Step(_("Waiting for screening by the round's staff."), Holder.STAFF, "ventures.screen"),
        phase=PhaseKind.SCREENING,
    ),
    State.RETURNED: _row(
        Group.SCREENING, "yellow", "退回补正",
        Step(_("Correct what was returned and submit it again by %(due)s."), Holder.APPLICANT, "ventures.apply",
             due="correction"),
        Step(_("The correction was due on %(due)s and was not handed in."), Holder.STAFF, "ventures.screen",
             due="correction", when="correction_is_overdue"),
        phase=PhaseKind.SCREENING,
    ),
    State.NOT_ACCEPTED: _row(
        Group.SCREENING, "red", "不予受理",
        Step(_("The application was refused; the reason is in the progress below."), Holder.NOBODY),
    ),
    State.ELIGIBLE: _row(
        Group.REVIEW, "blue", "待评审",
        Step(_("Screening is passed; waiting for the review to begin."), Holder.STAFF, "rounds.run"),
        phase=PhaseKind.REVIEW,
    ),
    State.IN_REVIEW: _row(
        Group.REVIEW, "blue", "评审中",
        Step(_("The panel scores; waiting for every score and the selection."), Holder.EXPERTS, "reviews.use_desk"),
        phase=PhaseKind.REVIEW,
    ),
    State.PROPOSED: _row(
        Group.SELECTION, "blue", "拟立项",
        Step(_("Proposed for award; waiting for the public notice."), Holder.MANAGER, "ventures.publish"),
        phase=PhaseKind.NOTICE,
    ),
    State.RESERVE: _row(
        Group.SELECTION, "secondary", "候补",
        Step(_("In reserve; moves up when a proposed venture drops out."), Holder.MANAGER, "ventures.select"),
    ),
    State.NOT_SELECTED: _row(
        Group.SELECTION, "secondary", "未入选", Step(_("Not selected in this round."), Holder.NOBODY)
    ),
    State.ON_NOTICE: _row(
        Group.NOTICE, "blue", "公示中",
        Step(_("On public notice to %(notice_end)s 24:00; objections can be filed until then."), Holder.PUBLIC),
        Step(_("The notice period is over; waiting for the award."), Holder.MANAGER, "ventures.award",
             when="notice_is_over"),
        phase=PhaseKind.NOTICE,
    ),
    State.OBJECTED: _row(
        Group.NOTICE, "yellow", "异议核查",
        Step(_("An objection is under inquiry; waiting for the ruling."), Holder.MANAGER, "ventures.rule_on_objections"),
        phase=PhaseKind.RECHECK,
    ),
    State.CANCELLED: _row(
        Group.NOTICE, "red", "取消立项", Step(_("The award is cancelled; the reason is in the progress below."), Holder.NOBODY)
    ),
    State.AWARDED: _row(
        Group.AGREEMENT, "blue", "待签约",
        Step(_("Waiting for the agreement to be signed and for what is paid on signing."), Holder.FINANCE,
             "ventures.deliver"),
        phase=PhaseKind.AGREEMENT,
    ),
    State.IN_DELIVERY: _row(
        Group.DELIVERY, "blue", "实施中",
        Step(_("Deliver, record activities, and hand in the mid-term report."), Holder.APPLICANT, "ventures.apply",
             due="midterm"),
        Step(_("Deliver, record activities, and hand in the final report."), Holder.APPLICANT, "ventures.apply", due="final",
             when="is_past_mid_term"),
        phase=PhaseKind.MID_TERM,
    ),
    State.MID_TERM: _row(
        Group.DELIVERY, "blue", "中期评估",
        Step(_("The mid-term report is in; waiting for its assessment."), Holder.STAFF, "ventures.evaluate"),
        phase=PhaseKind.MID_TERM,
    ),
    State.RECTIFYING: _row(
        Group.DELIVERY, "yellow", "整改中",
        Step(_("Put right what the assessment names and report by %(rectify_by)s."), Holder.APPLICANT,
             "ventures.apply", due="rectification"),
        phase=PhaseKind.MID_TERM,
    ),
    State.IN_EVALUATION: _row(
        Group.EVALUATION, "blue", "末期评估",
        Step(_("The final report is in; waiting for the final evaluation."), Holder.STAFF, "ventures.evaluate"),
        phase=PhaseKind.FINAL,
    ),
    State.EVALUATED: _row(
        Group.EVALUATION, "blue", "待成果展", Step(_("Evaluated; waiting for the showcase."), Holder.STAFF, "ventures.show"),
        phase=PhaseKind.SHOWCASE,
    ),
    State.SHOWN: _row(
        Group.CLOSURE, "blue", "结项中",
        Step(_("Waiting for closure: accounts settled, archive whole."), Holder.MANAGER, "ventures.close"),
        phase=PhaseKind.CLOSURE,
    ),
    State.CLOSED: _row(
        Group.CLOSURE, "green", "已结项", Step(_("Closed on %(closed_on)s. Nothing is left to do."), Holder.NOBODY)
    ),
    State.TERMINATING: _row(
        Group.TERMINATION, "yellow", "终止清算",
        Step(_("Being terminated; waiting for the money to be settled."), Holder.FINANCE, "ventures.settle"),
        phase=PhaseKind.CLOSURE,
    ),
    State.TERMINATED: _row(
        Group.TERMINATION, "red", "已终止", Step(_("Terminated on %(closed_on)s."), Holder.NOBODY)
    ),
}  # fmt: skip


def in_group(*groups: Group) -> frozenset[State]:
    return frozenset(s for s in State if TABLE[s].group in groups)


def waiting(*groups: Group) -> frozenset[State]:
    """States of these parts of the life in which something is still to come."""
    return in_group(*groups) - FINAL_STATES


def held_by(holder: Holder) -> frozenset[State]:
    """States that this holder has in hand, always or at times."""
    return frozenset(s for s in State if any(step.holder is holder for step in TABLE[s].steps))


def in_order(states: frozenset[State]) -> list[State]:
    """As people list them."""
    return [s for s in State if s in states]


def phase_of(state: str, *, is_past_mid_term: bool) -> PhaseKind | None:
    """The phase of the round that a venture is in; None: the calendar does not wait for it (a draft, a reserve, an end)."""
    if state == State.IN_DELIVERY and is_past_mid_term:
        return PhaseKind.FINAL
    return TABLE[state].phase


FINAL_STATES = frozenset(s for s in State if TABLE[s].is_end)
# A draft is the applicant's own; what lapsed was never handed in.
NOT_HANDED_IN = in_group(Group.DRAFT)
# What the selection makes of a venture in review; nobody outside the desk learns it before the public notice.
SELECTION_VERBS = ("propose", "keep_in_reserve", "decline")
SELECTED_STATES = in_group(Group.SELECTION)
# An amount is proposed, and nobody's money yet.
PROPOSED_STATES = waiting(Group.NOTICE) | {State.PROPOSED}
# From the award on a venture and its amount are public.
AWARDED_STATES = in_group(Group.AGREEMENT, Group.DELIVERY, Group.EVALUATION, Group.CLOSURE, Group.TERMINATION)
