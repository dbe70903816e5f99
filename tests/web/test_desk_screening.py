"""Screening over HTTP: accept, return, refuse, each refusal with its status and sentence."""

from datetime import date

import pytest
from django.urls import reverse

from common import clock
from rounds.models import EligibilityRule, Round
from tests.factories import a_user, an_applicant, moment
from tests.web.desk_world import (
    answers_of,
    body,
    planted,
    post,
    signed_in,
    to_screen,
)
from ventures import actions
from ventures.models import Application, CheckAnswer, Pin
from ventures.screening.queries import filtered, flags_of, queue
from ventures.states import State

pytestmark = pytest.mark.engines


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


def test_a_return_needs_a_marked_field_and_tells_the_due_date_in_working_days(desk):
    venture = to_screen(desk)
    clerk = signed_in(desk.clerk)
    with clock.at(moment("2020-04-29 10:00")):  # 1–5 May are holidays, 9 May is a make-up Saturday
        assert "2020年5月9日" in body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
        refused = post(clerk, "desk_venture_return", venture.pk, {"reason": "请补充依据。"})
        assert refused.status_code == 422 and "至少标注一个" in body(refused) and "请补充依据。" in body(refused)
        strange = post(clerk, "desk_venture_return", venture.pk, {"pin": "salary"})
        assert strange.status_code == 422
        given = {"pin": ["plan", "budget"], "remark_plan": "缺 7 月场次。", "remark_title": "没有标注,不算"}
        assert post(clerk, "desk_venture_return", venture.pk, given).status_code == 302
    venture.refresh_from_db()
    assert (venture.state, venture.correction_due_on) == (State.RETURNED, date(2020, 5, 9))
    pins = Pin.objects.filter(correction__venture=venture).values_list("path", "remark")
    assert list(pins) == [("plan", "缺 7 月场次。"), ("budget", "")]


def test_a_second_return_is_refused_with_the_rounds_number_and_keeps_the_remark(desk):
    venture = to_screen(desk)
    given = {"pin": "plan", "remark_plan": "还缺一份证明。"}
    type(venture).objects.filter(pk=venture.pk).update(corrections=1)
    answer = post(signed_in(desk.clerk), "desk_venture_return", venture.pk, given)
    assert answer.status_code == 409 and "已退回补正 1 次" in body(answer)
    desk.round.max_corrections = 2
    desk.round.save()
    answer = post(signed_in(desk.clerk), "desk_venture_return", venture.pk, {**given, "reason": "长" * 501})
    assert answer.status_code == 422 and "还缺一份证明。" in body(answer)


def test_a_refusal_needs_a_reason_of_the_list_and_words_and_ends_the_application(desk):
    venture = to_screen(desk)
    clerk = signed_in(desk.clerk)
    for given in (
        {"refusal": "未年检。"},
        {"code": "ineligible", "refusal": " "},
        {"code": "overdue", "refusal": "迟"},
    ):
        assert post(clerk, "desk_venture_refuse", venture.pk, given).status_code == 422
    assert (
        post(clerk, "desk_venture_refuse", venture.pk, {"code": "ineligible", "refusal": "未年检。"}).status_code == 302
    )
    venture.refresh_from_db()
    assert (venture.state, venture.refusal_reason) == (State.NOT_ACCEPTED, "ineligible")
    assert "未年检。" in body(clerk.get(reverse("desk_venture", args=[venture.pk])))
    assert "申报单位不符合条件" in body(clerk.get(reverse("desk_round", args=[venture.round_id])))


def test_a_correction_that_came_back_shows_old_and_new_of_what_was_marked(desk):
    venture = to_screen(desk)
    actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "缺场次。", "summary": "太短。"})
    actions.save_draft(venture, by=desk.applicant, values={"plan": "演示文字。七月两场。"})
    clerk = signed_in(desk.clerk)
    page = body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "七月两场" not in page, "what is being written is the applicant's"
    actions.resubmit(venture, by=desk.applicant)
    page = body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "<ins>七月两场。</ins>" in page
    assert page.count("已修改") == 1 and page.count("未修改") == 1
    assert "缺场次。" in page and "太短。" in page


def test_the_queue_is_filtered_in_the_address_and_paged_by_key(desk, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    waiting = []
    for n in range(5):
        with clock.at(moment(f"2026-05-0{n + 1} 09:00")):
            waiting.append(to_screen(desk, platform=desk.elsewhere if n == 4 else desk.platform))
    clerk = signed_in(desk.clerk)
    first = clerk.get(reverse("desk_screening"))
    assert first["Location"] == reverse("desk_screening_venture", args=[waiting[0].pk])
    page = clerk.get(first["Location"]).context
    assert [line["v"].pk for line in page["queue"]["lines"]] == [v.pk for v in waiting[:2]]
    assert (page["previous"], page["next"]) == (None, waiting[1].pk)
    page = clerk.get(f"{first['Location']}?after={page['queue']['next_key']}").context
    assert [line["v"].pk for line in page["queue"]["lines"]] == [v.pk for v in waiting[2:4]]
    filtered = clerk.get(f"{reverse('desk_screening')}?platform={desk.elsewhere.pk}")
    assert filtered["Location"].endswith(f"/{waiting[4].pk}/?platform={desk.elsewhere.pk}")
    nothing = clerk.get(f"{reverse('desk_screening')}?state=returned&waiting=14&flag=overdue")
    assert nothing.status_code == 200 and "没有符合" in body(nothing)
    assert clerk.get(f"{reverse('desk_screening')}?platform=x&flag=y&waiting=1e9&town={10**30}").status_code == 302


def test_after_a_decision_the_next_by_the_same_filters_is_opened(desk):
    one, two, elsewhere = to_screen(desk), to_screen(desk), to_screen(desk, platform=desk.elsewhere)
    clerk = signed_in(desk.clerk)
    kept = f"?platform={desk.platform.pk}"
    url = reverse("desk_venture_accept", args=[one.pk]) + kept
    answer = clerk.post(url, answers_of(one), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("desk_screening_venture", args=[two.pk]) + kept
    assert elsewhere.pk not in {line["v"].pk for line in answer.context["queue"]["lines"]}


@pytest.mark.parametrize(
    ("flag", "fields"),
    [
        ("for_applicant", {"entered_by": "clerk"}),
        ("corrected", {"corrections": 1}),
        ("duplicate", {"title": "同一个题目"}),
    ],
)
def test_a_mark_is_shown_and_can_be_filtered_by(desk, flag, fields):
    planted(desk, State.CLOSED, title="同一个题目", round=desk.round)
    if "entered_by" in fields:
        fields = {"entered_by": getattr(desk, fields["entered_by"])}
    plain, marked = to_screen(desk), to_screen(desk, **fields)
    rows = list(filtered(desk.clerk, {}))
    assert {pk: flag in flags for pk, flags in flags_of(rows).items()} == {plain.pk: False, marked.pk: True}
    assert [v.pk for v in filtered(desk.clerk, {"flag": flag})] == [marked.pk]


def test_an_unanswered_message_and_a_due_day_are_marked(desk):
    venture, quiet = to_screen(desk), to_screen(desk)
    actions.remark(venture, by=desk.applicant, text="请问?")
    assert [v.pk for v in filtered(desk.clerk, {"flag": "message"})] == [venture.pk]
    actions.remark(venture, by=desk.clerk, text="答复。")
    assert not filtered(desk.clerk, {"flag": "message"})
    with clock.at(moment("2020-06-23 09:00")):
        actions.return_for_correction(quiet, by=desk.clerk, fields={"plan": "补"})  # due on 07-01
    for day, flags in (("2020-06-26", []), ("2020-06-29", ["due_soon"]), ("2020-07-02", ["overdue"])):
        with clock.at(moment(f"{day} 09:00")):
            [found] = flags_of(filtered(desk.clerk, {"state": State.RETURNED})).values()
            assert [f for f in found if f in {"due_soon", "overdue"}] == flags


def test_several_are_accepted_at_once_all_or_none_with_the_reason_of_each(desk):
    good, bad = [to_screen(desk), to_screen(desk)], planted(desk, State.SUBMITTED)
    clerk = signed_in(desk.clerk)
    page = body(clerk.get(reverse("desk_screening"), follow=True))
    assert page.count('name="ventures"') == 2, "only what is complete can be ticked"
    answer = clerk.post(reverse("desk_screening_accept"), {"ventures": [v.pk for v in [*good, bad]]})
    assert answer.status_code == 409 and bad.title in body(answer) and "年检" in body(answer)
    assert body(answer).count('name="ventures"') == 2
    assert not type(bad).objects.filter(state=State.ELIGIBLE).exists()
    answer = clerk.post(reverse("desk_screening_accept"), {"ventures": [v.pk for v in good]})
    assert answer.status_code == 302
    assert type(bad).objects.filter(state=State.ELIGIBLE).count() == 2
    for given in ({}, {"ventures": ["x"]}, {"ventures": ["99999999999999999999999"]}, {"ventures": [999_999]}):
        assert clerk.post(reverse("desk_screening_accept"), given).status_code == 422


def test_who_entered_an_application_finds_no_button_to_accept_it(desk):
    venture = to_screen(desk, entered_by=desk.clerk)
    url = reverse("desk_screening_venture", args=[venture.pk])
    accept = reverse("desk_venture_accept", args=[venture.pk])
    page = signed_in(desk.clerk).get(url)
    assert 'data-key="a"' not in body(page) and "代录人员不得审核其代录的申报书" in body(page)
    refused = signed_in(desk.clerk).post(accept, answers_of(venture))
    assert refused.status_code == 403 and "须由其他工作人员或审批负责人办理" in body(refused)
    assert 'data-key="a"' in body(signed_in(desk.other_clerk).get(url))
    assert signed_in(desk.other_clerk).post(accept, answers_of(venture)).status_code == 302


def test_a_message_goes_both_ways_and_only_between_the_two(desk):
    venture = to_screen(desk)
    clerk, applicant = signed_in(desk.clerk), signed_in(desk.applicant)
    assert post(clerk, "desk_venture_remark", venture.pk, {"text": "附件三看不清。", "path": "plan"}).status_code == 302
    page = body(applicant.get(f"{reverse('apply_venture', args=[venture.pk])}?tab=thread"))
    assert "附件三看不清。" in page and "【" in page
    assert post(applicant, "apply_remark", venture.pk, {"text": "已重新上传。"}).status_code == 302
    assert "已重新上传。" in body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
    empty = post(applicant, "apply_remark", venture.pk, {"text": " "})
    assert empty.status_code == 422 and "请写下" in body(empty)
    assert post(signed_in(an_applicant()[0]), "apply_remark", venture.pk, {"text": "偷看"}).status_code == 404
    for user in (desk.supervisor, desk.finance, desk.expert):
        assert post(signed_in(user), "desk_venture_remark", venture.pk, {"text": "你好"}).status_code == 403


def test_the_page_shows_what_the_rules_of_the_round_find_and_what_says_the_same(desk):
    EligibilityRule.objects.create(round=desk.round, ordinal=1, kind="rating", number=3)
    earlier = planted(desk, State.CLOSED, title="同一个内容")
    venture = to_screen(desk, title="同一个内容")
    text = (
        "面向外来务工家庭设立乡音驿站,由同乡志愿者开展方言互助、政策讲解和子女作业辅导,帮助熟悉办事流程,化解邻里矛盾。"
    )
    Application.objects.filter(venture__in=[earlier, venture]).update(summary=text)
    page = body(signed_in(desk.clerk).get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "3A" in page and "同一个内容" in page and "100%" in page
    listed = body(signed_in(desk.clerk).get(reverse("desk_organization", args=[desk.organization.pk])))
    assert "内容雷同" in listed and "100%" in listed


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_long_the_queue_is(desk, n, django_assert_num_queries):
    planted(desk, State.CLOSED)  # there is always something to compare with
    ventures = [to_screen(desk) for __ in range(n)]
    for venture in ventures:
        actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "补"})
        actions.save_draft(venture, by=desk.applicant, values={"plan": "补了"})
        actions.resubmit(venture, by=desk.applicant)
        answer_all_checks_again(venture)
    clerk = signed_in(desk.clerk)
    with django_assert_num_queries(35):
        assert clerk.get(reverse("desk_screening_venture", args=[ventures[0].pk])).status_code == 200


def answer_all_checks_again(venture):
    actions.answer_check(
        venture, by=a_user("clerk"), answers={i.pk: (True, "已核对") for i in venture.round.check_items.all()}
    )


def test_the_system_names_what_is_incomplete_before_the_clerk_looks(desk):
    venture = planted(desk, State.SUBMITTED, narrative=False)
    text = body(signed_in(desk.clerk).get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "项目简介" in text and desk.organization.credit_code in text


def test_a_return_that_uses_the_last_correction_asks_once_and_says_so(desk):
    clerk = signed_in(desk.clerk)
    for corrections, most, asks in ((0, 1, "只能补正 1 次"), (1, 2, "最后一次补正"), (0, 2, "")):
        venture = planted(desk, State.SUBMITTED, corrections=corrections)
        Round.objects.filter(pk=venture.round_id).update(max_corrections=most)
        page = body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
        form = page[page.index(reverse("desk_venture_return", args=[venture.pk])) :].split(">")[0]
        assert (asks in form and "data-ask" in form) if asks else "data-ask" not in form


def test_a_rule_of_the_round_is_confirmed_or_overridden_with_a_word_on_the_page(desk):
    rule = EligibilityRule.objects.create(round=desk.round, ordinal=1, kind="rating", number=3)
    venture, clerk = to_screen(desk), signed_in(desk.clerk)
    page = body(clerk.get(reverse("desk_screening_venture", args=[venture.pk])))
    assert "系统核对：不符合" in page and f'name="rule_{rule.pk}" value="no" checked' in page
    accept = reverse("desk_venture_accept", args=[venture.pk])
    confirmed = clerk.post(accept, answers_of(venture) | {f"rule_{rule.pk}": "no"})
    assert confirmed.status_code == 409 and "评估等级 3A 以上" in body(confirmed)
    overridden = answers_of(venture) | {f"rule_{rule.pk}": "yes"}
    told = clerk.post(accept, overridden)
    assert told.status_code == 422 and "请写明这样认定的理由" in body(told)
    assert clerk.post(accept, overridden | {f"word_{rule.pk}": "证书原件已核对"}).status_code == 302
    page = body(clerk.get(f"{reverse('desk_venture', args=[venture.pk])}?tab=checks"))
    assert "证书原件已核对" in page and desk.clerk.name in page
