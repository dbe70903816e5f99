"""What a page asks for by itself: when it fails, the page says so, tries again, and after a lost session leads back to itself."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import Role
from common.models import Job
from reviews.flows import hand_out
from reviews.models import Panel, PanelMember, Review
from rounds.states import RoundState
from tests.factories import PASSWORD, a_round, a_user, a_venture
from tests.journeys.looking import as_user
from tests.journeys.wire import Wire
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(transactional_db: None) -> Review:
    venture = a_venture(State.IN_REVIEW, round=a_round(RoundState.IN_REVIEW))
    expert = a_user(Role.EXPERT)
    panel = Panel.objects.create(round=venture.round)
    PanelMember.objects.create(panel=panel, expert=expert, ordinal=1)
    review = Review.objects.create(venture=venture, expert=expert)
    hand_out(venture, [review])
    return review


def opened(page: Any, wire: Wire, user: Any, path: str) -> None:
    as_user(page.context, wire.url, user)
    page.goto(wire.url + path)


def comment_of(review: Review) -> str:
    review.refresh_from_db()
    return review.comment


def test_a_score_that_could_not_be_saved_is_told_and_saved_when_the_network_is_back(
    page: Any, wire: Wire, review: Review
) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda e: broken.append(str(e)))
    opened(page, wire, review.expert, reverse("review_score", args=[review.pk]))
    wire.cut()
    page.fill("[name=comment]", "目标清楚。")
    page.wait_for_selector("[data-saving-top] [role=alert]")
    assert comment_of(review) == ""
    wire.mend()
    page.wait_for_selector("[data-saving-top] [role=alert]", state="detached")
    assert comment_of(review) == "目标清楚。" and page.input_value("[name=comment]") == "目标清楚。"
    assert broken == []


def test_who_is_logged_out_while_scoring_keeps_the_words_and_goes_on(page: Any, wire: Wire, review: Review) -> None:
    here = reverse("review_score", args=[review.pk])
    page.on("dialog", lambda dialog: dialog.accept())
    opened(page, wire, review.expert, here)
    Session.objects.all().delete()
    page.fill("[name=comment]", "目标清楚。")
    link = page.wait_for_selector("[data-saving-top] [role=alert] a")
    assert page.url == wire.url + here and "已退出登录" in page.inner_text("[data-saving-top]")
    with page.context.expect_page() as other:
        link.click()
    login = other.value
    login.fill("[name=username]", review.expert.username)
    login.fill("[name=password]", PASSWORD)
    login.click("main button.btn-primary")
    login.wait_for_url(wire.url + here)  # the page, not what saves it
    login.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # back in this tab
    page.wait_for_selector("[data-saving-top] [role=alert]", state="detached")
    assert comment_of(review) == "目标清楚。"
    # What is sent as a whole goes on as well, though the page was made before the login.
    for field in page.query_selector_all("input.points"):
        field.fill("5")
    page.click("#score-form button.btn-primary")
    page.wait_for_url(lambda url: url != wire.url + here)
    review.refresh_from_db()
    assert review.state == "submitted"


def test_a_list_that_keeps_itself_fresh_leads_to_the_login_and_back_to_its_page(page: Any, wire: Wire) -> None:
    manager = a_user(Role.MANAGER)
    Job.objects.create(kind="reports.workbook", state=Job.State.RUNNING, requested_by_id=manager.pk)
    opened(page, wire, manager, reverse("desk_reports"))
    Session.objects.all().delete()
    page.wait_for_url(lambda url: "/login/" in url)
    page.fill("[name=username]", manager.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url(wire.url + reverse("desk_reports"))


def test_who_types_in_a_form_without_autosave_tells_the_server_now_and_then(page: Any, wire: Wire) -> None:
    page.clock.install()
    opened(page, wire, a_user(Role.APPLICANT), reverse("account"))
    told: list[int] = []
    page.on("response", lambda r: told.append(r.status) if r.url.endswith(reverse("active")) else None)
    page.locator("[name=name]").press_sequentially("新")
    page.clock.fast_forward("05:01")
    with page.expect_response(lambda r: r.url.endswith(reverse("active"))):
        page.locator("[name=name]").press_sequentially("名字")
    assert told == [204]
