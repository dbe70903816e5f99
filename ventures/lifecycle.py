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


def verb(field: FSMField, label: Any, *, source: Any, target: str, may: str, **custom: Any) -> Any:
    """A transition with what people call it and the rule that permits it; `custom` is what pages and docs know of it."""
    return transition(field, source=source, target=target, permission=rule(may), custom={"label": label, **custom})


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

    @verb(state, _("Open the call"), source=RoundState.PREPARING, target=RoundState.OPEN, may="ventures.run_round")
    def open(self) -> None:
        """发布征集: the rules of the round are complete and from now on frozen."""

    @verb(state, _("Close the call"), source=RoundState.OPEN, target=RoundState.CALL_CLOSED, may="ventures.run_round")
    def close_call(self) -> None:
        """征集截止: the window is over."""

    @verb(
        state,
        _("Begin the review"),
        source=RoundState.CALL_CLOSED,
        target=RoundState.IN_REVIEW,
        may="ventures.run_round",
    )
    def begin_review(self) -> None:
        """启动评审: no application waits for screening any more."""

    @verb(
        state, _("Publish the notice"), source=RoundState.IN_REVIEW, target=RoundState.ON_NOTICE, may="ventures.publish"
    )
    def publish(self) -> None:
        """发布公示."""

    @verb(
        state, _("Begin delivery"), source=RoundState.ON_NOTICE, target=RoundState.IN_DELIVERY, may="ventures.run_round"
    )
    def begin_delivery(self) -> None:
        """进入实施: nothing is on notice any more."""

    @verb(
        state,
        _("Complete the round"),
        source=RoundState.IN_DELIVERY,
        target=RoundState.CLOSED,
        may="ventures.run_round",
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
    refusal_reason: Any
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

    @verb(state, _("Submit the application"), source=State.DRAFT, target=State.SUBMITTED, may="ventures.apply")
    def submit(self, *, number: str, at: datetime) -> None:
        """提交: inside the window, complete, declaration ticked."""
        self.number, self.submitted_at = number, at

    @verb(state, _("Let the draft lapse"), source=State.DRAFT, target=State.LAPSED, may="ventures.run_round")
    def lapse(self) -> None:
        """逾期未提交: the window is over."""

    @verb(state, _("Withdraw the application"), source=State.SUBMITTED, target=State.DRAFT, may="ventures.apply")
    def withdraw(self) -> None:
        """撤回: before the deadline only. The number stays with the venture."""
        self.submitted_at = None

    # --- Screening --------------------------------------------------------------------------------------------------

    @verb(
        state,
        _("Return for correction"),
        source=State.SUBMITTED,
        target=State.RETURNED,
        may="ventures.screen",
        words_required=True,
    )
    def return_for_correction(self, *, due_on: date) -> None:
        """退回补正: with a reason and a due date, as often as the round allows."""
        self.correction_due_on = due_on
        self.corrections += 1

    @verb(state, _("Submit the correction"), source=State.RETURNED, target=State.SUBMITTED, may="ventures.apply")
    def resubmit(self, *, at: datetime) -> None:
        """补正后重新提交: by the due date."""
        self.submitted_at, self.correction_due_on = at, None

    @verb(
        state,
        _("Refuse the application"),
        source=[State.SUBMITTED, State.RETURNED],
        target=State.NOT_ACCEPTED,
        may="ventures.screen",
        words_required=True,
    )
    def refuse(self, *, reason: str = "other") -> None:
        """不予受理: with a reason and its code; also by the clock when a correction is overdue."""
        self.refusal_reason = reason

    @verb(state, _("Accept the application"), source=State.SUBMITTED, target=State.ELIGIBLE, may="ventures.accept")
    def accept(self) -> None:
        """形式审查通过: every line of the eligibility checklist is met; not by who entered it for the applicant."""

    # --- Review and selection ---------------------------------------------------------------------------------------

    @verb(state, _("Hand to the panel"), source=State.ELIGIBLE, target=State.IN_REVIEW, may="ventures.run_round")
    def begin_review(self) -> None:
        """进入评审: the panel is set."""

    @verb(
        state,
        _("Propose for award"),
        source=[State.IN_REVIEW, State.RESERVE],
        target=State.PROPOSED,
        may="ventures.select",
    )
    def propose(self, *, score: Decimal, rank: int, amount: Decimal) -> None:
        """拟立项: with the amount proposed (元), never above what was asked."""
        self.score, self.rank, self.awarded = score, rank, amount

    @verb(state, _("Keep in reserve"), source=State.IN_REVIEW, target=State.RESERVE, may="ventures.select")
    def keep_in_reserve(self, *, score: Decimal, rank: int) -> None:
        """候补: good enough, but the money or the places have run out."""
        self.score, self.rank = score, rank

    @verb(
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

    @verb(state, _("Put on public notice"), source=State.PROPOSED, target=State.ON_NOTICE, may="ventures.publish")
    def publish(self) -> None:
        """公示."""

    @verb(
        state, _("Admit an objection"), source=State.ON_NOTICE, target=State.OBJECTED, may="ventures.rule_on_objections"
    )
    def hold(self) -> None:
        """受理异议: the award waits for the inquiry."""

    @verb(
        state,
        _("Dismiss the objection"),
        source=State.OBJECTED,
        target=State.ON_NOTICE,
        may="ventures.rule_on_objections",
        words_required=True,
    )
    def clear(self) -> None:
        """异议不成立: the notice goes on."""

    @verb(
        state,
        _("Uphold the objection"),
        source=State.OBJECTED,
        target=State.CANCELLED,
        may="ventures.rule_on_objections",
        words_required=True,
    )
    def cancel(self) -> None:
        """异议成立: the award is cancelled."""
        self.awarded = None

    @verb(state, _("Award"), source=State.ON_NOTICE, target=State.AWARDED, may="ventures.award")
    def award(self) -> None:
        """立项: the notice period is over and no objection is open."""

    # --- Delivery ---------------------------------------------------------------------------------------------------

    @verb(state, _("Begin delivery"), source=State.AWARDED, target=State.IN_DELIVERY, may="ventures.deliver")
    def begin_delivery(self) -> None:
        """开始实施: agreement signed, first tranche paid."""

    @verb(state, _("Submit the mid-term report"), source=State.IN_DELIVERY, target=State.MID_TERM, may="ventures.apply")
    def report_midterm(self) -> None:
        """提交中期报告."""

    @verb(state, _("Pass the mid-term"), source=State.MID_TERM, target=State.IN_DELIVERY, may="ventures.evaluate")
    def pass_midterm(self, *, at: datetime) -> None:
        """中期合格."""
        self.midterm_passed_at = at

    @verb(
        state,
        _("Order rectification"),
        source=State.MID_TERM,
        target=State.RECTIFYING,
        may="ventures.evaluate",
        words_required=True,
    )
    def order_rectification(self) -> None:
        """限期整改."""

    @verb(state, _("Report the rectification"), source=State.RECTIFYING, target=State.MID_TERM, may="ventures.apply")
    def report_rectification(self) -> None:
        """提交整改报告."""

    @verb(
        state, _("Submit the final report"), source=State.IN_DELIVERY, target=State.IN_EVALUATION, may="ventures.apply"
    )
    def report_final(self) -> None:
        """提交末期报告: the mid-term is passed."""

    @verb(
        state,
        _("Pass the final evaluation"),
        source=State.IN_EVALUATION,
        target=State.EVALUATED,
        may="ventures.evaluate",
    )
    def pass_final(self, *, score: Decimal, grade: str) -> None:
        """末期评估合格: graded 优秀, 良好 or 合格. 不合格 is a termination."""
        self.final_score, self.grade = score, grade

    # --- Showcase and closure ---------------------------------------------------------------------------------------

    @verb(state, _("Record the showcase"), source=State.EVALUATED, target=State.SHOWN, may="ventures.show")
    def show(self) -> None:
        """成果展: shown at an event that has been held."""

    @verb(
        state,
        _("Waive the showcase"),
        source=State.EVALUATED,
        target=State.SHOWN,
        may="ventures.show",
        words_required=True,
    )
    def waive_showcase(self, *, reason: str) -> None:
        """免展: with a reason."""
        self.showcase_waived = reason

    @verb(state, _("Confirm closure"), source=State.SHOWN, target=State.CLOSED, may="ventures.close")
    def close(self, *, on: date) -> None:
        """结项: nothing is owed in either direction and the archive is whole."""
        self.closed_on = on

    # --- Termination ------------------------------------------------------------------------------------------------

    @verb(
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
        words_required=True,
    )
    def terminate(self) -> None:
        """终止(撤项): with a reason; what is to be recovered is claimed by funding."""

    @verb(
        state, _("Settle the termination"), source=State.TERMINATING, target=State.TERMINATED, may="ventures.terminate"
    )
    def settle(self, *, on: date) -> None:
        """终止结清: what was to be recovered has come back."""
        self.closed_on = on


def pairs(model: Any) -> set[tuple[str, str]]:
    """Every (from, to) of a machine."""
    return {
        (str(t.source), str(t.target)) for t in model._meta.get_field("state").get_all_transitions(model) if t.target
    }
