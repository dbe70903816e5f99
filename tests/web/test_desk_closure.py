"""Waivers, ends and rounds over HTTP: reasons and gates are enforced."""

from datetime import timedelta

import pytest
from django.urls import reverse

from common import clock
from common.clock import today
from rounds.states import RoundState
from tests.funding.steps import NOW, evaluated, make_world, tranche_of
from tests.web.desk_world import (
    body,
    planted,
    post,
    signed_in,
)
from ventures import actions
from ventures.states import State

# --- Ends ---


def test_a_waiver_needs_a_reason_and_goes_to_closure(desk):
    venture = planted(desk, State.EVALUATED)
    clerk = signed_in(desk.clerk)
    assert post(clerk, "desk_venture_waive_showcase", venture.pk, {"reason": ""}).status_code == 422
    assert post(clerk, "desk_venture_waive_showcase", venture.pk, {"reason": "疫情。"}).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.showcase_waived) == (State.SHOWN, "疫情。")


def test_closing_without_agreement_report_and_activities_is_refused_with_each_sentence(desk):
    venture = planted(desk, State.SHOWN)
    manager = signed_in(desk.manager)
    page = body(manager.get(reverse("desk_venture_closure", args=[venture.pk])))
    assert reverse("desk_venture_close", args=[venture.pk]) not in page
    answer = post(manager, "desk_venture_close", venture.pk)
    assert answer.status_code == 409
    assert [w for w in ("协议", "12", "尚未满足：末期评估合格") if w not in body(answer)] == []


@pytest.mark.django_db
def test_closing_with_the_tail_unpaid_is_refused_with_the_tranche_and_its_amount():
    with clock.at(NOW):
        world = make_world()
        venture = evaluated(world)
        actions.waive_showcase(venture, by=world.clerk, reason="疫情。")
        manager = signed_in(world.manager)
        page = body(manager.get(reverse("desk_venture_closure", args=[venture.pk])))
        answer = post(manager, "desk_venture_close", venture.pk)
    tail = tranche_of(venture, 3)
    assert answer.status_code == 409
    for said in (page, body(answer)):
        assert tail.label in said and f"{tail.amount:,.2f} 元" in said
    venture.refresh_from_db()
    assert venture.state == State.SHOWN


def test_a_termination_needs_a_reason_and_is_told_to_be_settled(desk):
    venture = planted(desk, State.IN_DELIVERY)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_venture_terminate", venture.pk, {"reason": ""}).status_code == 422
    assert post(manager, "desk_venture_terminate", venture.pk, {"reason": "负责人失联。"}).status_code == 302
    assert post(manager, "desk_venture_settle", venture.pk).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.TERMINATED


def test_a_clerk_does_not_terminate(desk):
    venture = planted(desk, State.IN_DELIVERY)
    assert post(signed_in(desk.clerk), "desk_venture_terminate", venture.pk, {"reason": "理由"}).status_code == 403


# --- Rounds ---


def test_the_call_is_not_closed_before_its_end(desk):
    answer = post(signed_in(desk.clerk), "desk_round_close_call", desk.round.pk)
    assert answer.status_code == 409
    assert reverse("desk_round_close_call", args=[desk.round.pk]) not in body(
        signed_in(desk.clerk).get(reverse("desk_round", args=[desk.round.pk]))
    )


def test_after_the_call_drafts_lapse_and_the_call_is_closed(desk):
    draft = planted(desk, State.DRAFT)
    clerk = signed_in(desk.clerk)
    with clock.at(desk.round.closes_at + timedelta(minutes=1)):
        assert post(clerk, "desk_round_lapse_drafts", desk.round.pk).status_code == 302
        assert post(clerk, "desk_round_close_call", desk.round.pk).status_code == 302
    draft.refresh_from_db()
    desk.round.refresh_from_db()
    assert (draft.state, desk.round.state) == (State.LAPSED, RoundState.CALL_CLOSED)


def test_drafts_do_not_lapse_while_the_call_runs(desk):
    draft = planted(desk, State.DRAFT)
    assert post(signed_in(desk.clerk), "desk_round_lapse_drafts", desk.round.pk).status_code == 409
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_an_overdue_correction_is_refused_by_the_clock_and_named_as_overdue(desk):
    venture = planted(desk, State.RETURNED, correction_due_on=today() - timedelta(1))
    clerk = signed_in(desk.clerk)
    assert reverse("desk_round_refuse_overdue", args=[desk.round.pk]) in body(
        clerk.get(reverse("desk_round", args=[desk.round.pk]))
    )
    assert post(clerk, "desk_round_refuse_overdue", desk.round.pk).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.NOT_ACCEPTED


@pytest.mark.django_db
def test_what_is_missing_before_closure_leads_to_the_page_where_it_is_met_for_those_who_may_open_it():
    with clock.at(NOW):
        world = make_world()
        venture = evaluated(world)
        closure = reverse("desk_venture_closure", args=[venture.pk])
        payment = reverse("desk_tranche_pay", args=[tranche_of(venture, 3).pk])
        waiver = reverse("desk_venture_waiver", args=[venture.pk])
        assert payment in body(signed_in(world.finance).get(closure))
        by_manager = body(signed_in(world.manager).get(closure))
        assert waiver in by_manager and payment not in by_manager
        by_supervisor = body(signed_in(world.supervisor).get(closure))
        assert waiver not in by_supervisor and payment not in by_supervisor


def test_an_awarded_venture_tells_what_is_missing_before_delivery_begins(desk):
    venture = planted(desk, State.AWARDED)
    agreement = reverse("desk_venture_agreement", args=[venture.pk])
    for name in ("desk_venture", "desk_venture_closure"):
        page = body(signed_in(desk.finance).get(reverse(name, args=[venture.pk])))
        assert "启动实施前须具备" in page and "协议已签订" in page and agreement in page
    page = body(signed_in(desk.applicant).get(reverse("apply_venture", args=[venture.pk])))
    assert "签约即付的款项已拨付" in page and agreement not in page
