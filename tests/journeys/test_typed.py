"""What somebody has typed and not sent yet: after a lost session, a lost network, a lost answer, "back", another tab. One form
of each kind; that every form carries what this needs is asked of all pages (tests/house/test_typed.py)."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import Role
from common.clock import today
from delivery.models import Activity, Report
from reviews.actions import set_panel
from reviews.flows import hand_out
from reviews.models import Panel, PanelMember, Review
from rounds.states import RoundState
from tests.factories import PASSWORD, a_round, a_user
from tests.journeys.conftest import go
from tests.journeys.looking import as_user
from tests.waiting import wait_until
from tests.web.desk_world import an_objection, make_desk, on_notice, planted
from ventures.models import Objection, Remark
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = """([place, text]) => Object.entries(window[place]).some(([k, v]) => k.startsWith('hc:') && v.includes(text))"""
LEFT = "Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter(k => k.startsWith('hc:')).length"


@pytest.fixture
def desk(transactional_db: None) -> SimpleNamespace:
    return make_desk()


def kept(page: Any, place: str, text: str) -> None:
    """Until this browser has a copy of what was typed."""
    page.wait_for_function(KEPT, arg=[place, text])


def log_in_again(page: Any, user: Any) -> None:
    page.wait_for_url(lambda url: "/login/" in url)
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url(lambda url: "/login/" not in url)


def activity(page: Any, desk: SimpleNamespace, topic: str) -> str:
    """The page on which activities are recorded, filled in."""
    venture = planted(desk, State.IN_DELIVERY)
    as_user(page.context, page.base, desk.applicant)
    here = reverse("apply_activities", args=[venture.pk])
    go(page, here)
    page.fill("[name=topic]", topic)
    page.fill("[name=held_on]", today().isoformat())
    page.fill("[name=attendance]", "20")
    return here


def send(page: Any) -> None:
    page.click("main form button.btn-primary")


def test_a_report_of_1500_characters_stands_there_after_a_lost_session_and_is_handed_in_once(
    site: Any, desk: SimpleNamespace
) -> None:
    page, report = site, "计划十二场，已办六场。" * 140
    venture = planted(desk, State.IN_DELIVERY)
    as_user(page.context, page.base, desk.applicant)
    here = reverse("apply_midterm", args=[venture.pk])
    go(page, here)
    page.fill("[name=progress]", report)
    page.fill("[name=beneficiaries]", "120")
    kept(page, "localStorage", "已办六场")
    Session.objects.all().delete()
    send(page)
    log_in_again(page, desk.applicant)
    assert page.url.endswith(here)
    page.wait_for_selector("main form[data-keep] .note-kept:has-text('已恢复未提交的内容')")
    assert page.input_value("[name=progress]") == report and page.input_value("[name=beneficiaries]") == "120"
    send(page)
    page.wait_for_url(lambda url: not url.endswith(here))
    assert Report.objects.get(venture=venture).progress == report
    assert page.evaluate(LEFT) == 0, "what has arrived is kept no longer"


def test_a_ruling_waits_in_its_tab_alone_and_is_shown_to_nobody_else(site: Any, desk: SimpleNamespace) -> None:
    page = site
    objection = an_objection(*on_notice(desk, state=State.OBJECTED), state="admitted")
    as_user(page.context, page.base, desk.manager)
    here = reverse("desk_objection", args=[objection.pk])
    go(page, here)
    page.fill("[name=ruling]", "经核实，两个项目服务对象不同，异议不成立。")
    kept(page, "sessionStorage", "两个项目服务对象不同")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    Session.objects.all().delete()
    page.click("form:has([name=ruling]) button.btn-outline-primary")
    log_in_again(page, desk.manager)
    assert page.url.endswith(here) and "两个项目服务对象不同" in page.input_value("[name=ruling]")
    # Another one logs in in this tab: nothing is offered, and nothing is there any more.
    other = a_user(Role.MANAGER)
    as_user(page.context, page.base, other)
    go(page, here)
    assert page.input_value("[name=ruling]") == "" and page.evaluate(LEFT) == 0
    as_user(page.context, page.base, desk.manager)
    go(page, here)
    page.fill("[name=ruling]", "异议不成立。")
    page.click("form:has([name=ruling]) button.btn-outline-primary")
    page.wait_for_url(lambda url: not url.endswith(here))
    objection.refresh_from_db()
    assert objection.state == Objection.State.DISMISSED and page.evaluate(LEFT) == 0


def test_without_a_network_a_remark_stays_on_the_page_and_is_sent_once_it_is_back(
    site: Any, desk: SimpleNamespace
) -> None:
    page = site
    venture = planted(desk, State.SUBMITTED)
    as_user(page.context, page.base, desk.clerk)
    go(page, reverse("desk_screening_venture", args=[venture.pk]))
    page.fill("[name=text]", "附件三看不清，请重新上传。")
    page.context.set_offline(True)
    form = "form:has([name=text])"
    page.click(f"{form} button")
    page.wait_for_selector("#background .trouble:has-text('尚未提交')")
    assert page.input_value("[name=text]") == "附件三看不清，请重新上传。" and Remark.objects.count() == 0
    page.context.set_offline(False)
    page.wait_for_selector("#background .trouble", state="detached")
    page.click(f"{form} button")
    page.wait_for_url("**#thread")
    assert Remark.objects.get().text == "附件三看不清，请重新上传。" and page.evaluate(LEFT) == 0


def test_by_back_and_sending_again_an_activity_is_recorded_once(site: Any, desk: SimpleNamespace) -> None:
    page = site
    activity(page, desk, "邻里讲堂")
    send(page)
    page.wait_for_selector("main .alert-success")
    page.go_back()
    page.wait_for_function("document.querySelector('[name=topic]').value === '邻里讲堂'")
    send(page)
    page.wait_for_selector("main .alert:has-text('未重复登记')")
    assert Activity.objects.count() == 1
    # Something else typed on the page of before is something else, and is said.
    page.go_back()
    page.wait_for_function("document.querySelector('[name=topic]').value === '邻里讲堂'")
    page.fill("[name=topic]", "邻里讲堂二")
    send(page)
    page.wait_for_selector("main .alert:has-text('均已登记')")
    assert Activity.objects.count() == 2


def test_what_arrived_and_whose_answer_got_lost_is_not_added_again(site: Any, desk: SimpleNamespace) -> None:
    page = site
    here = activity(page, desk, "邻里讲堂")
    kept(page, "sessionStorage", "邻里讲堂")

    def lose(route: Any) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)  # recorded, and the browser never hears of it
        route.abort()

    page.route(f"**{here}", lose)
    send(page)
    wait_until(lambda: Activity.objects.count(), "it is recorded", pause=lambda: page.wait_for_timeout(20))
    page.unroute(f"**{here}")
    page.context.clear_cookies(name=re.compile("^sent-"))  # which came with the answer
    go(page, here)
    assert page.input_value("main [name=topic]") == "邻里讲堂", "nobody knows whether it has arrived"
    send(page)
    page.wait_for_selector("main .alert:has-text('未重复登记')")
    assert Activity.objects.count() == 1 and page.evaluate(LEFT) == 0


def test_what_was_put_back_can_be_discarded_and_logging_out_leaves_nothing(site: Any, desk: SimpleNamespace) -> None:
    page = site
    here = activity(page, desk, "写了一半")
    kept(page, "sessionStorage", "写了一半")
    go(page, here)
    page.click(".note-kept button")
    assert page.input_value("[name=topic]") == "" and page.evaluate(LEFT) == 0
    page.fill("[name=topic]", "又写了一半")
    kept(page, "sessionStorage", "又写了一半")
    page.click("header form[action='/logout/'] button")
    page.wait_for_url(lambda url: not url.endswith(here))
    assert page.evaluate(LEFT) == 0


def test_the_panel_that_was_ticked_is_there_after_a_lost_session_and_meets_what_was_set_meanwhile(
    site: Any, desk: SimpleNamespace
) -> None:
    page = site
    round_ = a_round(RoundState.CALL_CLOSED)
    jia, yi, bing = (a_user(Role.EXPERT, name=name) for name in "甲乙丙")
    set_panel(round_, by=desk.manager, experts=[jia])
    as_user(page.context, page.base, desk.clerk)
    here = reverse("desk_panel", args=[round_.pk])
    go(page, here)
    page.check(f"[name=experts][value='{bing.pk}']")
    kept(page, "sessionStorage", f'"{bing.pk}"')
    set_panel(round_, by=desk.other_clerk, experts=[jia, yi])
    Session.objects.all().delete()
    page.click("button:has-text('保存评审组')")
    log_in_again(page, desk.clerk)
    assert page.is_checked(f"[name=experts][value='{bing.pk}']") and page.is_checked(
        f"[name=experts][value='{jia.pk}']"
    )
    page.click("button:has-text('保存评审组')")
    page.wait_for_selector("main .field-error:has-text('甲、乙')")
    told = page.inner_text("main")
    assert str(desk.other_clerk) in told and PanelMember.objects.count() == 2
    page.check(f"[name=experts][value='{yi.pk}']")
    page.click("button:has-text('保存评审组')")
    page.wait_for_selector("main .alert-success")
    assert PanelMember.objects.count() == 3


def test_two_tabs_of_a_score_sheet_show_each_other_what_they_save(site: Any, desk: SimpleNamespace) -> None:
    page = site
    venture = planted(desk, State.IN_REVIEW, round=a_round(RoundState.IN_REVIEW))
    PanelMember.objects.create(panel=Panel.objects.create(round=venture.round), expert=desk.expert, ordinal=1)
    review = Review.objects.create(venture=venture, expert=desk.expert)
    hand_out(venture, [review])
    as_user(page.context, page.base, desk.expert)
    here = reverse("review_score", args=[review.pk])
    go(page, here)
    second = page.context.new_page()
    second.base = page.base
    go(second, here)
    fields = page.query_selector_all("input.points")
    for field in fields:
        field.fill("1")
    page.wait_for_selector("#saved:has-text('已自动保存')")
    assert review.scores.count() == len(fields)
    second.fill("[name=comment]", "只改评语")
    second.wait_for_selector("#saved:has-text('已自动保存')")
    assert review.scores.count() == len(fields), "a tab that knows nothing of them empties no criterion"
    assert [f.input_value() for f in second.query_selector_all("input.points")] == ["1.00"] * len(fields)
    first = second.query_selector("input.points")
    first.fill("2")
    second.wait_for_selector("#saved:has-text('已自动保存')")
    page.query_selector("input.points").fill("3")
    clash = page.wait_for_selector("[data-clash]")
    assert "2" in clash.inner_text() and "3" in clash.inner_text()
    page.click("[data-choose=theirs]")
    assert page.query_selector("input.points").input_value() == "2.00"
