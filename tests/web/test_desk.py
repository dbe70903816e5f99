"""The staff desk over HTTP: what each role sees, and every refusal with its status and sentence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from common.clock import today
from common.models import record
from organizations.models import Incubation
from tests.factories import a_round, moment
from tests.funding.steps import NOW, evaluated, make_world, tranche_of
from tests.web.desk_world import (
    an_objection,
    answers_of,
    body,
    hand_in,
    make_desk,
    on_notice,
    planted,
    post,
    proposed_round,
    signed_in,
    to_screen,
)
from ventures import actions
from ventures.models import CheckAnswer, Notice, Objection, Report
from ventures.states import RoundState, State

LISTS = (
    "desk_home", "desk_ventures", "desk_rounds", "desk_notices", "desk_delivery", "desk_closures",
    "desk_organizations", "desk_platforms",
)  # fmt: skip


@pytest.fixture
def desk(db):
    return make_desk()


# --- Who may open what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*LISTS, "desk_screening"])
@pytest.mark.parametrize("role", ["clerk", "finance", "manager", "admin", "supervisor", "operator"])
def test_the_desk_reads_its_lists(desk, name, role):
    assert signed_in(getattr(desk, role)).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*LISTS, "desk_screening", "desk_journal"])
@pytest.mark.parametrize("role", ["applicant", "expert"])
def test_others_do_not_read_the_desk(desk, name, role):
    assert signed_in(getattr(desk, role)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", [*LISTS, "desk_journal"])
def test_a_visitor_is_sent_to_log_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and reverse("login") in answer["Location"]


def test_the_journal_is_not_for_an_operator(desk):
    assert signed_in(desk.operator).get(reverse("desk_journal")).status_code == 403
    assert signed_in(desk.supervisor).get(reverse("desk_journal")).status_code == 200


def test_the_desk_bar_shows_what_exists_and_is_permitted(desk):
    text = body(signed_in(desk.operator).get(reverse("desk_home")))
    assert f'href="{reverse("desk_screening")}"' in text
    assert f'href="{reverse("desk_journal")}"' not in text
    assert f'href="{reverse("desk_journal")}"' in body(signed_in(desk.clerk).get(reverse("desk_home")))


VERBS = {
    "desk_venture_accept": State.SUBMITTED,
    "desk_venture_answer": State.SUBMITTED,
    "desk_venture_return": State.SUBMITTED,
    "desk_venture_refuse": State.SUBMITTED,
    "desk_venture_award": State.ON_NOTICE,
    "desk_venture_pass_midterm": State.MID_TERM,
    "desk_venture_fail_midterm": State.MID_TERM,
    "desk_venture_pass_final": State.IN_EVALUATION,
    "desk_venture_waive_showcase": State.EVALUATED,
    "desk_venture_close": State.SHOWN,
    "desk_venture_terminate": State.IN_DELIVERY,
    "desk_venture_settle": State.TERMINATING,
}


@pytest.mark.parametrize(("name", "state"), VERBS.items())
@pytest.mark.parametrize("role", ["supervisor", "operator", "finance", "applicant", "expert"])
def test_a_verb_that_is_not_yours_is_403_and_changes_nothing(desk, name, state, role):
    venture = planted(desk, state)
    given = {"reason": "理由", "assessment": "意见", "score": "88", "seen": state}
    assert post(signed_in(getattr(desk, role)), name, venture.pk, given).status_code == 403
    venture.refresh_from_db()
    assert venture.state == state


@pytest.mark.parametrize(
    "name", [*VERBS, "desk_round_open", "desk_round_publish", "desk_notice_award", "desk_objection_uphold"]
)
def test_verbs_are_post_only_and_ask_a_visitor_to_log_in(client, desk, name):
    url = reverse(name, args=[1])
    assert client.post(url).status_code == 302
    assert signed_in(desk.manager).get(url).status_code == 405


@pytest.mark.parametrize(
    "name", ["desk_round_open", "desk_round_close_call", "desk_round_close", "desk_round_lapse_drafts"]
)
def test_the_supervisor_moves_no_round(desk, name):
    assert post(signed_in(desk.supervisor), name, desk.round.pk).status_code == 403


# --- Screening --------------------------------------------------------------------------------------------------------


def test_an_application_is_accepted_with_its_checklist(desk):
    venture = planted(desk, State.SUBMITTED)
    given = {**answers_of(venture), f"evidence_{venture.round.check_items.first().pk}": "2020 年年检报告"}
    answer = post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 302, body(answer)
    venture.refresh_from_db()
    assert venture.state == State.ELIGIBLE
    assert CheckAnswer.objects.filter(venture=venture, met=True, by_name="初审员").count() == 3
    assert CheckAnswer.objects.filter(venture=venture, evidence="2020 年年检报告").exists()


def test_an_unmet_line_refuses_the_acceptance_and_keeps_what_was_typed(desk):
    venture = planted(desk, State.SUBMITTED)
    first, second, *__ = venture.round.check_items.all()
    given = {f"met_{first.pk}": "yes", f"met_{second.pk}": "no", f"evidence_{second.pk}": "年检不合格 2019"}
    answer = post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 409
    assert second.label in body(answer) and "年检不合格 2019" in body(answer)
    venture.refresh_from_db()
    assert venture.state == State.SUBMITTED


def test_the_second_who_accepts_is_told_who_was_first_and_when(desk):
    venture = to_screen(desk)
    given = {**answers_of(venture), "seen": State.SUBMITTED}
    with clock.at(moment("2026-05-06 14:02")):
        assert post(signed_in(desk.clerk), "desk_venture_accept", venture.pk, given).status_code == 302
    answer = post(signed_in(desk.other_clerk), "desk_venture_accept", venture.pk, given)
    assert answer.status_code == 409
    assert "初审员" in body(answer) and "14:02" in body(answer)


def test_a_late_save_does_not_rewrite_the_checklist_of_an_accepted_application(desk):
    venture = to_screen(desk)
    actions.accept(venture, by=desk.clerk)
    answer = post(signed_in(desk.other_clerk), "desk_venture_answer", venture.pk, answers_of(venture, "no"))
    assert answer.status_code == 409
    assert not CheckAnswer.objects.filter(venture=venture, met=False).exists()


def test_a_return_needs_a_reason_and_tells_the_due_date_in_working_days(desk):
    venture = to_screen(desk)
    clerk = signed_in(desk.clerk)
    with clock.at(moment("2020-04-29 10:00")):  # 1–5 May are holidays, 9 May is a make-up Saturday
        assert "2020年5月9日" in body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
        refused = post(clerk, "desk_venture_return", venture.pk, {"reason": " "})
        assert refused.status_code == 422 and "请写明" in body(refused)
        assert post(clerk, "desk_venture_return", venture.pk, {"reason": "请补充依据。"}).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.correction_due_on) == (State.RETURNED, date(2020, 5, 9))


def test_a_second_return_is_refused_with_the_rounds_number_and_keeps_the_reason(desk):
    venture = to_screen(desk, corrections=1)
    answer = post(signed_in(desk.clerk), "desk_venture_return", venture.pk, {"reason": "还缺一份证明。"})
    assert answer.status_code == 409
    assert "1" in body(answer) and "还缺一份证明。" in body(answer)


def test_a_refusal_with_a_reason_ends_the_application(desk):
    venture = to_screen(desk)
    assert post(signed_in(desk.clerk), "desk_venture_refuse", venture.pk, {"reason": "未年检。"}).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.NOT_ACCEPTED


def test_the_system_names_what_is_incomplete_before_the_clerk_looks(desk):
    venture = planted(desk, State.SUBMITTED, words=False)
    text = body(signed_in(desk.clerk).get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "项目简介" in text and desk.organization.credit_code in text


# --- Notices and objections -------------------------------------------------------------------------------------------


def test_a_notice_is_published_with_its_last_day_computed(desk):
    round_ = proposed_round(desk)
    manager = signed_in(desk.manager)
    with clock.at(moment("2021-08-18 09:00")):
        assert 'value="2021-08-24"' in body(manager.get(reverse("desk_round_notice", args=[round_.pk])))
        answer = post(manager, "desk_round_publish", round_.pk, {"closes_on": "2021-08-24", "text": "现予公示。"})
    assert answer.status_code == 302
    notice = Notice.objects.get(round=round_)
    assert (notice.working_days, notice.closes_on) == (5, date(2021, 8, 24))
    round_.refresh_from_db()
    assert round_.state == RoundState.ON_NOTICE


def test_the_make_up_sunday_of_april_2023_counts(desk):
    round_ = proposed_round(desk)
    with clock.at(moment("2023-04-20 09:00")):
        answer = post(signed_in(desk.manager), "desk_round_publish", round_.pk, {"closes_on": "2023-04-25"})
    assert answer.status_code == 302
    assert Notice.objects.get(round=round_).working_days == 5


@pytest.mark.parametrize(
    ("opens", "closes", "days"), [("2023-04-20", "2023-04-24", 4), ("2021-08-18", "2021-08-23", 4)]
)
def test_a_notice_with_too_few_working_days_is_refused_with_both_numbers(desk, opens, closes, days):
    round_ = proposed_round(desk)
    with clock.at(moment(f"{opens} 09:00")):
        given = {"closes_on": closes, "text": "这段文字要留在表单里。"}
        answer = post(signed_in(desk.manager), "desk_round_publish", round_.pk, given)
    text = body(answer)
    assert answer.status_code == 422
    assert f"{days} 个工作日" in text and "5 个工作日" in text and "这段文字要留在表单里。" in text
    assert not Notice.objects.exists()


def test_a_clerk_does_not_publish(desk):
    round_ = proposed_round(desk)
    assert post(signed_in(desk.clerk), "desk_round_publish", round_.pk, {"closes_on": "2026-12-31"}).status_code == 403


def test_an_award_before_the_notice_has_ended_is_refused_with_the_date(desk):
    venture, notice = on_notice(desk, days_left=2)
    answer = post(signed_in(desk.manager), "desk_venture_award", venture.pk)
    assert answer.status_code == 409 and str(notice.closes_on) in body(answer)
    assert post(signed_in(desk.manager), "desk_notice_award", notice.pk).status_code == 409


def test_an_award_with_an_open_objection_is_refused(desk):
    venture, notice = on_notice(desk, days_left=-1)
    an_objection(venture, notice)
    answer = post(signed_in(desk.manager), "desk_venture_award", venture.pk)
    assert answer.status_code == 409 and "异议" in body(answer)
    venture.refresh_from_db()
    assert venture.state == State.ON_NOTICE


def test_all_on_a_finished_notice_are_awarded_but_the_one_with_an_objection(desk):
    free, notice = on_notice(desk, days_left=-1)
    held, __ = on_notice(desk, days_left=-1)
    notice.lines.create(venture=held, ordinal=2, amount=held.awarded)
    an_objection(held, notice)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_notice_award", notice.pk).status_code == 302
    text = body(manager.get(reverse("desk_notice", args=[notice.pk])))
    free.refresh_from_db()
    held.refresh_from_db()
    assert (free.state, held.state) == (State.AWARDED, State.ON_NOTICE)
    assert str(held) in text


def test_an_objection_is_admitted_and_dismissed_with_a_ruling(desk):
    venture, notice = on_notice(desk)
    objection = an_objection(venture, notice)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_objection_admit", objection.pk).status_code == 302
    venture.refresh_from_db()
    assert venture.state == State.OBJECTED
    assert post(manager, "desk_objection_dismiss", objection.pk, {"ruling": ""}).status_code == 422
    assert post(manager, "desk_objection_dismiss", objection.pk, {"ruling": "经核查不重复。"}).status_code == 302
    venture.refresh_from_db()
    objection.refresh_from_db()
    assert (venture.state, objection.state) == (State.ON_NOTICE, Objection.State.DISMISSED)


def test_an_upheld_objection_cancels_the_award_and_can_not_be_ruled_twice(desk):
    venture, notice = on_notice(desk)
    objection = an_objection(venture, notice)
    manager = signed_in(desk.manager)
    post(manager, "desk_objection_admit", objection.pk)
    assert post(manager, "desk_objection_uphold", objection.pk, {"ruling": "属实。"}).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.awarded) == (State.CANCELLED, None)
    again = post(manager, "desk_objection_dismiss", objection.pk, {"ruling": "改判。"})
    assert again.status_code == 409


# --- Delivery and ends ------------------------------------------------------------------------------------------------


def test_a_midterm_is_passed_or_rectified_with_words(desk):
    passed, failed = planted(desk, State.MID_TERM), planted(desk, State.MID_TERM)
    clerk = signed_in(desk.clerk)
    assert post(clerk, "desk_venture_pass_midterm", passed.pk, {"assessment": "进度相符。"}).status_code == 302
    assert post(clerk, "desk_venture_fail_midterm", failed.pk, {"assessment": ""}).status_code == 422
    assert post(clerk, "desk_venture_fail_midterm", failed.pk, {"assessment": "补做签到表。"}).status_code == 302
    passed.refresh_from_db()
    failed.refresh_from_db()
    assert (passed.state, failed.state) == (State.IN_DELIVERY, State.RECTIFYING)
    assert Report.objects.get(venture=failed).rectify_by > today()


def test_a_final_score_gives_the_grade_of_the_round(desk):
    venture = planted(desk, State.IN_EVALUATION)
    answer = post(signed_in(desk.clerk), "desk_venture_pass_final", venture.pk, {"score": "75", "assessment": "良好"})
    assert answer.status_code == 302
    venture.refresh_from_db()
    assert (venture.final_score, venture.grade) == (Decimal("75.00"), "good")


@pytest.mark.parametrize(("score", "status", "said"), [("59.5", 409, "60"), ("101", 422, "100"), ("", 422, "")])
def test_a_final_score_that_does_not_pass_is_refused_and_the_words_stay(desk, score, status, said):
    venture = planted(desk, State.IN_EVALUATION)
    given = {"score": score, "assessment": "台账不全。"}
    answer = post(signed_in(desk.clerk), "desk_venture_pass_final", venture.pk, given)
    assert answer.status_code == status
    assert said in body(answer) and "台账不全。" in body(answer)


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
    assert [w for w in ("协议", "12", "尚未满足:末期评估合格") if w not in body(answer)] == []


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


# --- Rounds -----------------------------------------------------------------------------------------------------------


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


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_state_round_platform_and_word(desk):
    wanted = planted(desk, State.SUBMITTED, title="林埭镇新居民服务", platform=desk.elsewhere)
    other = planted(desk, State.IN_DELIVERY, title="独山港红色路线", round=a_round(platform=desk.platform))
    clerk = signed_in(desk.clerk)
    for query in ({"state": "submitted"}, {"round": desk.round.pk}, {"platform": desk.elsewhere.pk}, {"q": "林埭"}):
        text = body(clerk.get(reverse("desk_ventures"), query))
        assert wanted.title in text and other.title not in text, query


def test_the_list_pages_by_key_and_loses_nothing(desk):
    titles = [planted(desk, State.SUBMITTED, words=False, budget=False).title for __ in range(32)]
    clerk = signed_in(desk.clerk)
    first = body(clerk.get(reverse("desk_ventures")))
    keys = list(desk.round.ventures.order_by("-pk").values_list("pk", flat=True))
    second = body(clerk.get(reverse("desk_ventures"), {"before": keys[29]}))
    assert f"before={keys[29]}" in first
    assert all((f"《{t}》" in first) != (f"《{t}》" in second) for t in titles)


def test_today_counts_what_waits_and_since_when(desk):
    with clock.at(moment("2026-05-04 09:00")):
        to_screen(desk)
        planted(desk, State.MID_TERM)
        planted(desk, State.RETURNED, correction_due_on=date(2026, 5, 1))
    with clock.at(moment("2026-05-06 10:00")):
        text = body(signed_in(desk.clerk).get(reverse("desk_home")))
    assert "待形式审查" in text and "待中期评估" in text and "补正逾期" in text
    assert "最早的已等 2 天" in text and "最早的已等 5 天" in text


def test_an_operator_sees_the_organizations_on_its_platforms_only(desk):
    url = reverse("desk_organization", args=[desk.organization.pk])
    assert signed_in(desk.operator).get(url).status_code == 404
    Incubation.objects.create(platform=desk.platform, organization=desk.organization, entered_on=today())
    answer = signed_in(desk.operator).get(url)
    assert answer.status_code == 200
    assert "12345678901234567890" not in body(answer) and "**** 7890" in body(answer)


def test_the_journal_names_verbs_and_finds_by_person_and_words(desk):
    venture, other = to_screen(desk), to_screen(desk)
    actions.return_for_correction(venture, by=desk.clerk, reason="缺年检报告")
    actions.accept(other, by=desk.other_clerk)
    supervisor = signed_in(desk.supervisor)
    text = body(supervisor.get(reverse("desk_journal"), {"by": "初审"}))
    assert str(venture) in text and str(other) not in text and "退回补正" in text
    assert str(venture) in body(supervisor.get(reverse("desk_journal"), {"words": "年检"}))


def test_the_journal_does_not_tell_the_title_of_a_draft(desk):
    draft = planted(desk, State.DRAFT, title="还没想好的题目")
    record(draft, "start", by=desk.applicant)
    assert "还没想好的题目" not in body(signed_in(desk.supervisor).get(reverse("desk_journal")))


# --- Query counts -----------------------------------------------------------------------------------------------------


def queries_of(client, url):
    client.get(url)  # what a process fetches once (content types, caches)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("name", "state", "queries"),
    [
        ("desk_ventures", State.SUBMITTED, 8),
        ("desk_rounds", State.SUBMITTED, 6),
        ("desk_delivery", State.IN_DELIVERY, 8),
        ("desk_closures", State.SHOWN, 5),
        ("desk_organizations", State.SUBMITTED, 7),
        ("desk_journal", State.SUBMITTED, 6),
    ],
)
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_three(desk, name, state, queries):
    manager = signed_in(desk.manager)
    for rows in (1, 3):
        while desk.round.ventures.count() < rows:
            record(planted(desk, state), "start", by=desk.applicant)
        assert queries_of(manager, reverse(name)) == queries, rows


def test_today_asks_the_same_number_of_queries_however_much_waits(desk):
    manager = signed_in(desk.manager)
    to_screen(desk)
    one = queries_of(manager, reverse("desk_home"))
    to_screen(desk)
    planted(desk, State.MID_TERM)
    assert queries_of(manager, reverse("desk_home")) == one


def test_the_venture_page_asks_the_same_number_of_queries_however_much_happened(desk):
    venture = planted(desk, State.IN_DELIVERY)
    url = reverse("desk_venture", args=[venture.pk])
    manager = signed_in(desk.manager)
    hand_in(venture, Report.Kind.MID_TERM)
    one = queries_of(manager, url)
    hand_in(venture, Report.Kind.MID_TERM)
    hand_in(venture, Report.Kind.FINAL)
    assert queries_of(manager, url) == one
