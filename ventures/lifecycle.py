"""The life of a venture. Transition bodies are quiet: they set fields, nothing else.

Only `common.machine.door.move` calls them. Docs, state diagram, permission matrix and database trigger are made from here.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.machine.lifecycle import Machine, StateField, transition
from ventures.states import TABLE, State


class Lifecycle(Machine):
    """The life of a venture, on one page: read it from top to bottom."""

    table = TABLE
    state = StateField(_("State"), choices=State.choices, default=State.DRAFT, protected=True)

    number: Any
    submitted_at: Any
    correction_due_on: Any
    corrections: Any
    refusal_reason: Any
    score: Any
    rank: Any
    awarded: Any
    rectify_by: Any
    midterm_passed_at: Any
    final_score: Any
    final_passed_at: Any
    grade: Any
    showcase_waived: Any
    closed_on: Any

    class Meta:
        abstract = True

    # --- Application ------------------------------------------------------------------------------------------------

    @transition(state, _("Submit the application"), source=State.DRAFT, target=State.SUBMITTED, may="ventures.apply")
    def submit(self, *, number: str, at: datetime) -> None:
        """提交: inside the window, complete, declaration ticked."""
        self.number, self.submitted_at = number, at

    @transition(state, _("Let the draft lapse"), source=State.DRAFT, target=State.LAPSED, may="rounds.run")
    def lapse(self) -> None:
        """逾期未提交: the window is over."""

    @transition(state, _("Withdraw the application"), source=State.SUBMITTED, target=State.DRAFT, may="ventures.apply")
    def withdraw(self) -> None:
        """撤回: before the deadline only. The number stays with the venture."""
        self.submitted_at = None

    # --- Screening --------------------------------------------------------------------------------------------------

    @transition(
        state,
        _("Return for correction"),
        source=State.SUBMITTED,
        target=State.RETURNED,
        may="ventures.decide",
        note_required=True,
    )
    def return_for_correction(self, *, due_on: date) -> None:
        """退回补正: with a reason and a due date, as often as the round allows."""
        self.correction_due_on = due_on
        self.corrections += 1

    @transition(state, _("Submit the correction"), source=State.RETURNED, target=State.SUBMITTED, may="ventures.apply")
    def resubmit(self, *, at: datetime) -> None:
        """补正后重新提交: by the due date."""
        self.submitted_at, self.correction_due_on = at, None

    @transition(
        state,
        _("Refuse the application"),
        source=[State.SUBMITTED, State.RETURNED],
        target=State.NOT_ACCEPTED,
        may="ventures.decide",
        note_required=True,
    )
    def refuse(self, *, reason: str = "other") -> None:
        """不予受理: with a reason and its code; also by the clock when a correction is overdue."""
        self.refusal_reason = reason

    @transition(
        state, _("Accept the application"), source=State.SUBMITTED, target=State.ELIGIBLE, may="ventures.decide"
    )
    def accept(self) -> None:
        """形式审查通过: every line of the eligibility checklist is met."""

    # --- Review and selection ---------------------------------------------------------------------------------------

    @transition(state, _("Hand to the panel"), source=State.ELIGIBLE, target=State.IN_REVIEW, may="rounds.run")
    def begin_review(self) -> None:
        """进入评审: the panel is set."""

    @transition(
        state,
        _("Propose for award"),
        source=[State.IN_REVIEW, State.RESERVE],
        target=State.PROPOSED,
        may="ventures.select",
    )
    def propose(self, *, score: Decimal, rank: int, amount: Decimal) -> None:
        """拟立项: with the amount proposed (元), never above what was asked."""
        self.score, self.rank, self.awarded = score, rank, amount

    @transition(state, _("Keep in reserve"), source=State.IN_REVIEW, target=State.RESERVE, may="ventures.select")
    def keep_in_reserve(self, *, score: Decimal, rank: int) -> None:
        """候补: good enough, but the money or the places have run out."""
        self.score, self.rank = score, rank

    @transition(
        state,
        _("Do not select"),
        source=[State.IN_REVIEW, State.RESERVE],
        target=State.NOT_SELECTED,
        may="ventures.select",
    )
    def decline(self, *, score: Decimal | None, rank: int | None) -> None:
        """未入选."""
        self.score, self.rank = score, rank

    # --- Public notice ----------------------------------------------------------------------------------------------

    @transition(state, _("Put on public notice"), source=State.PROPOSED, target=State.ON_NOTICE, may="ventures.publish")
    def publish(self) -> None:
        """公示."""

    @transition(
        state, _("Admit an objection"), source=State.ON_NOTICE, target=State.OBJECTED, may="ventures.rule_on_objections"
    )
    def admit_objection(self) -> None:
        """受理异议: the award waits for the inquiry."""

    @transition(
        state,
        _("Dismiss the objection"),
        source=State.OBJECTED,
        target=State.ON_NOTICE,
        may="ventures.rule_on_objections",
        note_required=True,
    )
    def dismiss_objection(self) -> None:
        """异议不成立: the notice goes on."""

    @transition(
        state,
        _("Uphold the objection"),
        source=State.OBJECTED,
        target=State.CANCELLED,
        may="ventures.rule_on_objections",
        note_required=True,
    )
    def uphold_objection(self) -> None:
        """异议成立: the award is cancelled."""
        self.awarded = None

    @transition(state, _("Award"), source=State.ON_NOTICE, target=State.AWARDED, may="ventures.award")
    def award(self) -> None:
        """立项: the notice period is over and no objection is open."""

    @transition(
        state,
        _("Record that the award is given up"),
        source=[State.ON_NOTICE, State.AWARDED],
        target=State.CANCELLED,
        may="ventures.award",
        note_required=True,
    )
    def give_up(self) -> None:
        """放弃立项: before an agreement is signed; its place and its money are free for a reserve."""
        self.awarded = None

    # --- Delivery ---------------------------------------------------------------------------------------------------

    @transition(state, _("Begin delivery"), source=State.AWARDED, target=State.IN_DELIVERY, may="ventures.deliver")
    def begin_delivery(self) -> None:
        """开始实施: agreement signed, and paid what is paid on signing."""

    @transition(
        state, _("Submit the mid-term report"), source=State.IN_DELIVERY, target=State.MID_TERM, may="ventures.apply"
    )
    def report_midterm(self) -> None:
        """提交中期报告."""

    @transition(state, _("Pass the mid-term"), source=State.MID_TERM, target=State.IN_DELIVERY, may="ventures.evaluate")
    def pass_midterm(self, *, at: datetime) -> None:
        """中期合格."""
        self.midterm_passed_at = at

    @transition(
        state,
        _("Order rectification"),
        source=State.MID_TERM,
        target=State.RECTIFYING,
        may="ventures.evaluate",
        note_required=True,
    )
    def order_rectification(self, *, due_on: date) -> None:
        """限期整改: with a due date."""
        self.rectify_by = due_on

    @transition(
        state, _("Report the rectification"), source=State.RECTIFYING, target=State.MID_TERM, may="ventures.apply"
    )
    def report_rectification(self) -> None:
        """提交整改报告."""

    @transition(
        state, _("Submit the final report"), source=State.IN_DELIVERY, target=State.IN_EVALUATION, may="ventures.apply"
    )
    def report_final(self) -> None:
        """提交末期报告: the mid-term is passed, where the round has one."""

    @transition(
        state,
        _("Pass the final evaluation"),
        source=State.IN_EVALUATION,
        target=State.EVALUATED,
        may="ventures.evaluate",
    )
    def pass_final(self, *, score: Decimal, grade: str, at: datetime) -> None:
        """末期评估合格: graded 优秀, 良好 or 合格. 不合格 is a termination."""
        self.final_score, self.grade, self.final_passed_at = score, grade, at

    # --- Showcase and closure ---------------------------------------------------------------------------------------

    @transition(state, _("Record the showcase"), source=State.EVALUATED, target=State.SHOWN, may="ventures.show")
    def show(self) -> None:
        """成果展: shown at an event that has been held."""

    @transition(
        state,
        _("Waive the showcase"),
        source=State.EVALUATED,
        target=State.SHOWN,
        may="ventures.waive_showcase",
        note_required=True,
    )
    def waive_showcase(self, *, reason: str) -> None:
        """免展: with a reason."""
        self.showcase_waived = reason

    @transition(state, _("Confirm closure"), source=State.SHOWN, target=State.CLOSED, may="ventures.close")
    def close(self, *, on: date) -> None:
        """结项: nothing is owed in either direction and the archive is whole."""
        self.closed_on = on

    # --- Termination ------------------------------------------------------------------------------------------------

    @transition(
        state,
        _("Terminate"),
        source=[
            State.AWARDED,
            State.IN_DELIVERY,
            State.MID_TERM,
            State.RECTIFYING,
            State.IN_EVALUATION,
            State.EVALUATED,
        ],
        target=State.TERMINATING,
        may="ventures.terminate",
        note_required=True,
    )
    def terminate(self) -> None:
        """终止(撤项): with a reason; what is to be recovered is claimed by funding."""

    @transition(
        state, _("Settle the termination"), source=State.TERMINATING, target=State.TERMINATED, may="ventures.terminate"
    )
    def settle(self, *, on: date) -> None:
        """终止清算: what was to be recovered has come back."""
        self.closed_on = on
