"""The life of a round and of a venture. Transition bodies are quiet: they set fields, nothing else.

Only `common.door.move` calls them. Docs, state diagram, permission matrix and database trigger are made from here.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from common.door import rule
from ventures.states import RoundState, State


def says(label: Any, **more: Any) -> dict[str, Any]:
    """What buttons, timelines and docs call the verb."""
    return {"label": label, **more}


class Machine(ConcurrentTransitionMixin, models.Model):
    """What both machines share: save() refuses when somebody has moved the row since it was read."""

    class Meta:
        abstract = True

    @property
    def state_fields(self) -> tuple[FSMField]:
        # The mixin looks through all fields of the model, twice for every row that is read.
        return (self._meta.get_field("state"),)  # type: ignore[return-value]


class RoundLifecycle(Machine):
    """The life of a round (届)."""

    state = FSMField(
        _("State"), choices=RoundState.choices, default=RoundState.PREPARING, protected=True, db_index=True
    )

    class Meta:
        abstract = True

    @transition(
        state,
        source=RoundState.PREPARING,
        target=RoundState.OPEN,
        permission=rule("ventures.run_round"),
        custom=says(_("Open the call")),
    )
    def open(self) -> None:
        """发布征集: the rules of the round are complete and from now on frozen."""

    @transition(
        state,
        source=RoundState.OPEN,
        target=RoundState.CALL_CLOSED,
        permission=rule("ventures.run_round"),
        custom=says(_("Close the call")),
    )
    def close_call(self) -> None:
        """征集截止: the window is over."""

    @transition(
        state,
        source=RoundState.CALL_CLOSED,
        target=RoundState.IN_REVIEW,
        permission=rule("ventures.run_round"),
        custom=says(_("Begin the review")),
    )
    def begin_review(self) -> None:
        """启动评审: no application waits for screening any more."""

    @transition(
        state,
        source=RoundState.IN_REVIEW,
        target=RoundState.ON_NOTICE,
        permission=rule("ventures.publish"),
        custom=says(_("Publish the notice")),
    )
    def publish(self) -> None:
        """发布公示."""

    @transition(
        state,
        source=RoundState.ON_NOTICE,
        target=RoundState.IN_DELIVERY,
        permission=rule("ventures.run_round"),
        custom=says(_("Begin delivery")),
    )
    def begin_delivery(self) -> None:
        """进入实施: nothing is on notice any more."""

    @transition(
        state,
        source=RoundState.IN_DELIVERY,
        target=RoundState.CLOSED,
        permission=rule("ventures.run_round"),
        custom=says(_("Complete the round")),
    )
    def close(self) -> None:
        """办结: every venture has come to its end."""


class Lifecycle(Machine):
    """The life of a venture, on one page: read it from top to bottom."""

    state = FSMField(_("State"), choices=State.choices, default=State.DRAFT, protected=True)

    number: Any
    submitted_at: Any
    correction_due_on: Any
    corrections: Any
    score: Any
    rank: Any
    awarded: Any
    midterm_passed_at: Any
    final_score: Any
    grade: Any
    showcase_waived: Any
    closed_on: Any

    class Meta:
        abstract = True

    # --- Application ------------------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.DRAFT,
        target=State.SUBMITTED,
        permission=rule("ventures.apply"),
        custom=says(_("Submit the application")),
    )
    def submit(self, *, number: str, at: datetime) -> None:
        """提交: inside the window, complete, declaration ticked."""
        self.number, self.submitted_at = number, at

    @transition(
        state,
        source=State.DRAFT,
        target=State.LAPSED,
        permission=rule("ventures.run_round"),
        custom=says(_("Let the draft lapse")),
    )
    def lapse(self) -> None:
        """逾期未提交: the window is over."""

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.DRAFT,
        permission=rule("ventures.apply"),
        custom=says(_("Withdraw the application")),
    )
    def withdraw(self) -> None:
        """撤回: before the deadline only. The number stays with the venture."""
        self.submitted_at = None

    # --- Screening --------------------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.RETURNED,
        permission=rule("ventures.screen"),
        custom=says(_("Return for correction"), words_required=True),
    )
    def return_for_correction(self, *, due_on: date) -> None:
        """退回补正: with a reason and a due date, as often as the round allows."""
        self.correction_due_on = due_on
        self.corrections += 1

    @transition(
        state,
        source=State.RETURNED,
        target=State.SUBMITTED,
        permission=rule("ventures.apply"),
        custom=says(_("Submit the correction")),
    )
    def resubmit(self, *, at: datetime) -> None:
        """补正后重新提交: by the due date."""
        self.submitted_at, self.correction_due_on = at, None

    @transition(
        state,
        source=[State.SUBMITTED, State.RETURNED],
        target=State.NOT_ACCEPTED,
        permission=rule("ventures.screen"),
        custom=says(_("Refuse the application"), words_required=True),
    )
    def refuse(self) -> None:
        """不予受理: with a reason; also by the clock when a correction is overdue."""

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.ELIGIBLE,
        permission=rule("ventures.screen"),
        custom=says(_("Accept the application")),
    )
    def accept(self) -> None:
        """形式审查通过: every line of the eligibility checklist is answered."""

    # --- Review and selection ---------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.ELIGIBLE,
        target=State.IN_REVIEW,
        permission=rule("ventures.run_round"),
        custom=says(_("Hand to the panel")),
    )
    def begin_review(self) -> None:
        """进入评审: the panel is set."""

    @transition(
        state,
        source=[State.IN_REVIEW, State.RESERVE],
        target=State.PROPOSED,
        permission=rule("ventures.select"),
        custom=says(_("Propose for award")),
    )
    def propose(self, *, score: Decimal, rank: int, amount: Decimal) -> None:
        """拟立项: with the amount proposed (元), never above what was asked."""
        self.score, self.rank, self.awarded = score, rank, amount

    @transition(
        state,
        source=State.IN_REVIEW,
        target=State.RESERVE,
        permission=rule("ventures.select"),
        custom=says(_("Keep in reserve")),
    )
    def keep_in_reserve(self, *, score: Decimal, rank: int) -> None:
        """候补: good enough, but the money or the places have run out."""
        self.score, self.rank = score, rank

    @transition(
        state,
        source=[State.IN_REVIEW, State.RESERVE],
        target=State.NOT_SELECTED,
        permission=rule("ventures.select"),
        custom=says(_("Do not select")),
    )
    def decline(self, *, score: Decimal | None, rank: int | None) -> None:
        """未入选."""
        self.score, self.rank = score, rank

    # --- Public notice ----------------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.PROPOSED,
        target=State.ON_NOTICE,
        permission=rule("ventures.publish"),
        custom=says(_("Put on public notice")),
    )
    def publish(self) -> None:
        """公示."""

    @transition(
        state,
        source=State.ON_NOTICE,
        target=State.OBJECTED,
        permission=rule("ventures.rule_on_objections"),
        custom=says(_("Admit an objection")),
    )
    def hold(self) -> None:
        """受理异议: the award waits for the inquiry."""

    @transition(
        state,
        source=State.OBJECTED,
        target=State.ON_NOTICE,
        permission=rule("ventures.rule_on_objections"),
        custom=says(_("Dismiss the objection"), words_required=True),
    )
    def clear(self) -> None:
        """异议不成立: the notice goes on."""

    @transition(
        state,
        source=State.OBJECTED,
        target=State.CANCELLED,
        permission=rule("ventures.rule_on_objections"),
        custom=says(_("Uphold the objection"), words_required=True),
    )
    def cancel(self) -> None:
        """异议成立: the award is cancelled."""
        self.awarded = None

    @transition(
        state,
        source=State.ON_NOTICE,
        target=State.AWARDED,
        permission=rule("ventures.award"),
        custom=says(_("Award")),
    )
    def award(self) -> None:
        """立项: the notice period is over and no objection is open."""

    # --- Delivery ---------------------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.AWARDED,
        target=State.IN_DELIVERY,
        permission=rule("ventures.deliver"),
        custom=says(_("Begin delivery")),
    )
    def begin_delivery(self) -> None:
        """开始实施: agreement signed, first tranche paid."""

    @transition(
        state,
        source=State.IN_DELIVERY,
        target=State.MID_TERM,
        permission=rule("ventures.apply"),
        custom=says(_("Submit the mid-term report")),
    )
    def report_midterm(self) -> None:
        """提交中期报告."""

    @transition(
        state,
        source=State.MID_TERM,
        target=State.IN_DELIVERY,
        permission=rule("ventures.evaluate"),
        custom=says(_("Pass the mid-term")),
    )
    def pass_midterm(self, *, at: datetime) -> None:
        """中期合格."""
        self.midterm_passed_at = at

    @transition(
        state,
        source=State.MID_TERM,
        target=State.RECTIFYING,
        permission=rule("ventures.evaluate"),
        custom=says(_("Order rectification"), words_required=True),
    )
    def order_rectification(self) -> None:
        """限期整改."""

    @transition(
        state,
        source=State.RECTIFYING,
        target=State.MID_TERM,
        permission=rule("ventures.apply"),
        custom=says(_("Report the rectification")),
    )
    def report_rectification(self) -> None:
        """提交整改报告."""

    @transition(
        state,
        source=State.IN_DELIVERY,
        target=State.IN_EVALUATION,
        permission=rule("ventures.apply"),
        custom=says(_("Submit the final report")),
    )
    def report_final(self) -> None:
        """提交末期报告: the mid-term is passed."""

    @transition(
        state,
        source=State.IN_EVALUATION,
        target=State.EVALUATED,
        permission=rule("ventures.evaluate"),
        custom=says(_("Pass the final evaluation")),
    )
    def pass_final(self, *, score: Decimal, grade: str) -> None:
        """末期评估合格: graded 优秀, 良好 or 合格. 不合格 is a termination."""
        self.final_score, self.grade = score, grade

    # --- Showcase and closure ---------------------------------------------------------------------------------------

    @transition(
        state,
        source=State.EVALUATED,
        target=State.SHOWN,
        permission=rule("ventures.show"),
        custom=says(_("Record the showcase")),
    )
    def show(self) -> None:
        """成果展: shown at an event that has been held."""

    @transition(
        state,
        source=State.EVALUATED,
        target=State.SHOWN,
        permission=rule("ventures.show"),
        custom=says(_("Waive the showcase"), words_required=True),
    )
    def waive_showcase(self, *, reason: str) -> None:
        """免展: with a reason."""
        self.showcase_waived = reason

    @transition(
        state,
        source=State.SHOWN,
        target=State.CLOSED,
        permission=rule("ventures.close"),
        custom=says(_("Confirm closure")),
    )
    def close(self, *, on: date) -> None:
        """结项: nothing is owed in either direction and the archive is whole."""
        self.closed_on = on

    # --- Termination ------------------------------------------------------------------------------------------------

    @transition(
        state,
        source=[
            State.AWARDED,
            State.IN_DELIVERY,
            State.MID_TERM,
            State.RECTIFYING,
            State.IN_EVALUATION,
            State.EVALUATED,
        ],
        target=State.TERMINATING,
        permission=rule("ventures.terminate"),
        custom=says(_("Terminate"), words_required=True),
    )
    def terminate(self) -> None:
        """终止(撤项): with a reason; what is to be recovered is claimed by funding."""

    @transition(
        state,
        source=State.TERMINATING,
        target=State.TERMINATED,
        permission=rule("ventures.terminate"),
        custom=says(_("Settle the termination")),
    )
    def settle(self, *, on: date) -> None:
        """终止结清: what was to be recovered has come back."""
        self.closed_on = on


def pairs(model: Any) -> set[tuple[str, str]]:
    """Every (from, to) of a machine."""
    return {
        (str(t.source), str(t.target)) for t in model._meta.get_field("state").get_all_transitions(model) if t.target
    }
