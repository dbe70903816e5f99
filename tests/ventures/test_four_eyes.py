"""Four eyes: who enters or hands in an application for an organization (代录) takes no decision on it."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import Role
from common.errors import NotAllowed
from common.invariants import check
from common.machine.actors import SYSTEM
from common.machine.door import may_move, move, move_many
from common.models import record
from delivery import actions as delivery
from rounds.models import Round
from tests.factories import a_user, a_venture, answer_all_checks
from tests.web.desk_world import an_objection, make_desk, on_notice
from ventures import actions
from ventures.application.actions.applying import freeze_submission
from ventures.models import Venture
from ventures.notices import actions as notices
from ventures.states import State

pytestmark = pytest.mark.engines

DECISIONS = [
    (State.SUBMITTED, "accept"), (State.SUBMITTED, "return_for_correction"), (State.SUBMITTED, "refuse"),
    (State.RETURNED, "refuse"), (State.IN_REVIEW, "propose"), (State.IN_REVIEW, "keep_in_reserve"),
    (State.IN_REVIEW, "decline"), (State.RESERVE, "propose"), (State.ON_NOTICE, "admit_objection"),
    (State.OBJECTED, "dismiss_objection"), (State.OBJECTED, "uphold_objection"), (State.ON_NOTICE, "award"),
    (State.MID_TERM, "pass_midterm"), (State.MID_TERM, "order_rectification"), (State.IN_EVALUATION, "pass_final"),
    (State.EVALUATED, "waive_showcase"), (State.SHOWN, "close"),
    (State.IN_DELIVERY, "terminate"), (State.TERMINATING, "settle"),
]  # fmt: skip


def waive(venture: Venture, reason: str = "全科室仅一人") -> None:
    venture.round.entering_waiver = reason
    venture.round.save()


def test_who_entered_an_application_decides_nothing_about_it(people: SimpleNamespace) -> None:
    other = a_user(Role.MANAGER)
    Round.objects.filter(pk=people.round.pk).update(quota=99, budget=Decimal(9_999_999))
    for state, verb in DECISIONS:
        venture = a_venture(state, entered_by=people.manager, round=people.round)
        assert not may_move(venture, verb, people.manager), verb
        with pytest.raises(NotAllowed, match="You have entered .* yourself.*another clerk or the manager"):
            move(venture, verb, by=people.manager)
        assert may_move(venture, verb, other) and may_move(venture, verb, SYSTEM), verb


def test_what_is_no_decision_stays_open_to_who_entered_it(people: SimpleNamespace) -> None:
    """Filling in, handing in, putting the list on notice, writing down that it was shown."""
    for state, verb in [
        (State.DRAFT, "submit"),
        (State.RETURNED, "resubmit"),
        (State.PROPOSED, "publish"),
        (State.EVALUATED, "show"),
    ]:
        assert may_move(a_venture(state, entered_by=people.manager), verb, people.manager), verb


def test_who_handed_in_what_a_colleague_had_begun_does_not_decide_either(people: SimpleNamespace) -> None:
    venture, second = a_venture(State.SUBMITTED, entered_by=people.clerk), a_user(Role.CLERK)
    answer_all_checks(venture)
    freeze_submission(venture, by=second, at=venture.created_at)
    with pytest.raises(NotAllowed, match="yourself"):
        actions.accept(venture, by=second)
    assert actions.accept(venture, by=people.manager).state == State.ELIGIBLE


def test_who_handed_in_a_report_for_the_applicant_does_not_assess_it(people: SimpleNamespace) -> None:
    venture, second = a_venture(State.IN_DELIVERY, entered_by=people.clerk), a_user(Role.CLERK)
    delivery.hand_in_midterm(venture, by=second, progress="计划 12 场,已办 6 场。")
    assert not may_move(venture, "pass_midterm", second), "the door knows it, and shows no button"
    with pytest.raises(NotAllowed, match="yourself"):
        delivery.pass_midterm(venture, by=second)
    stored = Venture.objects.get(pk=venture.pk)
    assert stored.state == State.MID_TERM
    assert delivery.pass_midterm(stored, by=people.manager).state == State.IN_DELIVERY


def test_who_entered_it_answers_no_line_of_its_checklist(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED, entered_by=people.clerk)
    line = venture.round.check_items.first()
    assert line is not None
    with pytest.raises(NotAllowed, match="yourself"):
        actions.answer_check(venture, by=people.clerk, answers={line.pk: (True, "证书")})


def test_of_many_the_one_that_was_entered_by_the_actor_refuses_the_whole_batch(people: SimpleNamespace) -> None:
    ventures = [a_venture(State.SUBMITTED, round=people.round, entered_by=by) for by in (None, people.clerk)]
    for venture in ventures:
        answer_all_checks(venture)
    with pytest.raises(NotAllowed, match=str(ventures[1])):
        move_many(ventures, "accept", by=people.clerk)
    assert not Venture.objects.exclude(state=State.SUBMITTED).exists()
    assert len(move_many(ventures, "accept", by=people.manager)) == 2


def test_an_objection_to_it_is_ruled_by_somebody_else(db: None) -> None:
    desk = make_desk()
    objection = an_objection(*on_notice(desk))
    Venture.objects.filter(pk=objection.venture_id).update(entered_by=desk.manager)
    objection.refresh_from_db()
    with pytest.raises(NotAllowed, match="yourself"):
        notices.admit_objection(objection, by=desk.manager)


def test_a_round_waives_it_with_a_reason(people: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED, entered_by=people.clerk, round=people.round)
    answer_all_checks(venture)
    waive(venture)
    assert actions.accept(venture, by=people.clerk).state == State.ELIGIBLE


@pytest.mark.parametrize(("verb", "reason", "broken"), [("refuse", "", 1), ("refuse", "仅一人", 0), ("publish", "", 0)])
def test_the_law_tells_of_a_decision_of_who_entered_it(
    people: SimpleNamespace, verb: Any, reason: str, broken: int
) -> None:
    venture = a_venture(State.NOT_ACCEPTED, entered_by=people.clerk, round=people.round)
    waive(venture, reason)
    for done in ("enter_for_applicant", verb):
        record(venture, done, by=people.clerk)
    told = [f for f in check() if f.law.name == "who_entered_an_application_took_no_decision_on_it"]
    assert [f.count for f in told] == [broken]
