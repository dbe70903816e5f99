"""待办: for each state and each role, what waits for whom; the oldest on top, with the day it is due."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from common import clock
from common.clock import now, today
from common.site.paging import Count
from common.site.todo import todo
from funding import actions as funding
from organizations.models import Membership, Part
from rounds.states import RoundState
from showcases.models import Event
from tests.factories import a_round, a_user, moment
from tests.reviews.steps import panelled
from tests.web.desk_world import an_objection, body, make_desk, on_notice, planted, signed_in, to_screen
from ventures.states import FINAL_STATES, State

ROLES = ("applicant", "expert", "clerk", "finance", "manager", "admin", "supervisor", "operator")


@pytest.fixture
def desk(db):
    return make_desk()


def mine(user):
    return [item for item in todo(user) if item.is_mine]


def called(user):
    return names(mine(user))


def names(items):
    with override("en"):
        return [str(item.task) for item in items]


# --- Each state, each role --------------------------------------------------------------------------------------------


def eligible(desk):
    return planted(desk, State.ELIGIBLE, round=a_round(RoundState.CALL_CLOSED, platform=desk.platform))


def in_review(desk):
    review = panelled(experts=3).begin()
    desk.expert = review.experts[0]
    return review.ventures[0]


def over(desk):
    return on_notice(desk, days_left=-1)[0]


def objected(desk):
    venture, notice = on_notice(desk, state=State.OBJECTED)
    an_objection(venture, notice)
    return venture


def paid(desk):
    venture = over(desk)
    venture.__dict__["state"] = State.AWARDED.value
    type(venture).objects.filter(pk=venture.pk).update(state=State.AWARDED, awarded=Decimal(10000))
    signed(desk, venture)
    first = venture.award_record.tranches.get(ordinal=1)
    funding.pay_tranche(first, by=desk.finance, voucher_number="PZ-1")
    return venture


def signed(desk, venture):
    funding.sign_agreement(venture, by=desk.manager, number=f"XY-{venture.pk}", signed_on=today())


WAITING = {
    State.ELIGIBLE: eligible,
    State.IN_REVIEW: in_review,
    State.ON_NOTICE: over,
    State.OBJECTED: objected,
    State.AWARDED: paid,
}


@pytest.mark.parametrize("state", list(State))
def test_what_waits_has_one_holder_with_one_todo_and_what_is_over_has_none(desk, state):
    venture = WAITING[state](desk) if state in WAITING else planted(desk, state)
    holders = set()
    for role in ROLES:
        user = getattr(desk, role)
        holds = bool(venture.step.may) and user.has_perm(venture.step.may, venture)
        assert len(mine(user)) == holds, (role, called(user))
        holders |= {role} if holds else set()
    assert bool(holders) == (state not in FINAL_STATES)


@pytest.mark.parametrize("role", ROLES)
def test_a_notice_that_runs_is_nobodys_work(desk, role):
    on_notice(desk)
    assert todo(getattr(desk, role)) == []


def test_every_todo_leads_to_a_page_that_opens_for_its_reader(desk):
    for state in set(State) - FINAL_STATES:
        WAITING[state](desk) if state in WAITING else planted(desk, state)
    for role in ROLES:
        client = signed_in(getattr(desk, role))
        for item in todo(getattr(desk, role)):
            answer = client.get(item.url, follow=True)
            assert answer.status_code == 200, (role, item.task, item.url)


def test_between_award_and_delivery_the_work_goes_from_hand_to_hand(desk):
    venture = over(desk)
    type(venture).objects.filter(pk=venture.pk).update(state=State.AWARDED, awarded=Decimal(10000))
    venture.refresh_from_db()
    assert called(desk.clerk) == called(desk.manager) == called(desk.finance) == ["Agreements to register"]
    signed(desk, venture)
    assert (called(desk.clerk), called(desk.manager), called(desk.finance)) == ([], [], ["Payable now"])
    funding.pay_tranche(venture.award_record.tranches.get(ordinal=1), by=desk.finance, voucher_number="PZ-1")
    assert called(desk.manager) == called(desk.finance) == ["Deliveries to begin"]
    assert called(desk.clerk) == []


def test_a_review_goes_from_the_staff_to_the_panel_and_to_the_manager(desk):
    review = panelled(experts=3)
    assert called(desk.clerk) == called(desk.manager) == ["Reviews to begin"]
    review.begin()
    assert called(desk.clerk) == called(desk.manager) == []
    assert names(todo(desk.clerk)) == ["Scores missing"] and todo(desk.clerk)[0].count == Count(3)
    assert [item.thing for item in todo(review.experts[0])] == review.ventures
    review.score((90, 80, 70))
    assert todo(review.experts[0]) == []
    assert (called(desk.clerk), called(desk.manager)) == ([], ["Selections to make"])


def test_a_correction_that_is_overdue_is_the_staffs(desk):
    late = planted(desk, State.RETURNED, correction_due_on=today() - timedelta(1))
    assert todo(desk.applicant) == [] and called(desk.clerk) == ["Correction overdue"]
    assert mine(desk.clerk)[0].is_overdue
    head = body(signed_in(desk.applicant).get(reverse("apply_venture", args=[late.pk])))
    assert "逾期未提交" in head and "由您办理" not in head


def test_a_draft_whose_call_is_over_waits_for_nobody(desk):
    planted(desk, State.DRAFT, round=a_round(closes_at=now() - timedelta(hours=1)))
    assert todo(desk.applicant) == []
    assert called(desk.clerk) == ["Calls to close"]


def test_who_only_reads_for_an_organization_is_asked_for_nothing(desk):
    planted(desk, State.DRAFT)
    reader = a_user()
    Membership.objects.create(user=reader, organization=desk.organization, part=Part.READER)
    assert todo(reader) == []


def test_an_event_that_is_over_waits_to_be_recorded(desk):
    at = now() - timedelta(hours=5)
    event = Event.objects.create(name="成果展", venue="市民广场", starts_at=at, ends_at=at + timedelta(hours=2))
    assert called(desk.clerk) == ["Events to record as held"]
    event.held_at = now()
    event.save()
    assert called(desk.clerk) == []


# --- Order and days ---------------------------------------------------------------------------------------------------


def test_what_waits_for_me_comes_first_the_oldest_on_top_and_nothing_is_no_row(desk):
    for day, state in (("01", State.PROPOSED), ("02", State.MID_TERM), ("03", State.SHOWN), ("04", State.SUBMITTED)):
        with clock.at(moment(f"2026-05-{day} 09:00")):
            planted(desk, state)
    with clock.at(moment("2026-05-06 10:00")):
        assert names(todo(desk.manager)) == [
            "To put on notice", "Mid-terms to assess", "To close", "To screen",
        ]  # fmt: skip
        assert called(desk.clerk) == ["Mid-terms to assess", "To screen"]
        assert names(todo(desk.clerk)[2:]) == ["To put on notice", "To close"]
        assert [i.days for i in todo(desk.clerk)] == [4, 2, 5, 3]


def test_an_applicants_work_is_listed_with_the_day_it_is_due(desk):
    with clock.at(moment("2026-05-20 09:00")):
        year = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 5, 22)}
        ended = planted(desk, State.IN_DELIVERY, midterm_passed_at=now(), **year)
        half = planted(desk, State.IN_DELIVERY, **year)
        late = planted(desk, State.RECTIFYING, rectify_by=date(2026, 5, 19))
        round_ = a_round(closes_at=moment("2026-06-01 00:00"), platform=desk.platform)
        draft = planted(desk, State.DRAFT, round=round_)
        found = {i.thing.pk: i for i in todo(desk.applicant)}
        due = {pk: (i.due, i.is_overdue, i.is_soon) for pk, i in found.items()}
    assert due == {
        ended.pk: (date(2026, 5, 22), False, True),
        half.pk: (date(2026, 4, 26), True, False),
        late.pk: (date(2026, 5, 19), True, False),
        draft.pk: (date(2026, 5, 31), False, False),
    }
    assert found[ended.pk].url == reverse("apply_final", args=[ended.pk])
    assert found[half.pk].url == reverse("apply_midterm", args=[half.pk])


def test_of_a_platform_only_the_own_ventures_are_counted(desk):
    to_screen(desk)
    to_screen(desk, platform=desk.elsewhere)
    assert [i.count for i in todo(desk.clerk)] == [Count(2)]
    assert [(i.count, i.is_mine) for i in todo(desk.operator)] == [(Count(1), False)]


# --- The pages --------------------------------------------------------------------------------------------------------


def test_today_shows_what_waits_for_the_reader_and_what_is_in_other_hands(desk):
    planted(desk, State.RETURNED, correction_due_on=today() - timedelta(2))
    planted(desk, State.PROPOSED)
    text = body(signed_in(desk.clerk).get(reverse("desk_home")))
    mine, _, others = text.partition("他人办理中")
    assert "补正逾期" in mine and f"{today() - timedelta(2)}" in mine and "逾期 2 天" in mine
    assert "待公示" in others and "审批负责人" not in mine


@pytest.mark.parametrize("role", ROLES)
def test_who_has_nothing_to_do_sees_no_zero_and_what_comes_next(desk, role):
    home = {"applicant": "apply_home", "expert": "review_home"}.get(role, "desk_home")
    page = body(signed_in(a_user(getattr(desk, role).role)).get(reverse(home)))
    main = page[page.index('<div class="page-body">') :]
    assert not re.search(r">\s*0\s*<", main)
    assert 'class="empty"' in main or reverse("apply_organization_new") in main


def test_today_asks_a_known_number_of_queries(desk, django_assert_num_queries):
    manager = signed_in(desk.manager)
    for _ in range(2):
        for state in (State.SUBMITTED, State.MID_TERM, State.SHOWN):
            planted(desk, state)
        manager.get(reverse("desk_home"))
        # Session, user; what is overdue; counts, dates; calls, notices; twice Django's own permissions for the bar;
        # requests for a second person.
        with django_assert_num_queries(10):
            manager.get(reverse("desk_home"))
