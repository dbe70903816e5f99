"""What axe finds where no page is opened, and what the first key of the keyboard does. Every page: test_every_page.py."""

import pytest

from tests.journeys.looking import PHONE, as_user, violations
from tests.web.desk_world import make_desk, planted
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is not there, not yours, not possible now.
REFUSED = (
    ("", "/rounds/999999/", 404),
    ("applicant", "/desk/", 403),
    ("clerk", "/desk/ventures/{awarded}/accept/", 405),
)


def test_axe_finds_nothing_on_a_refusal_and_it_leads_on(chromium, live_server, transactional_db):
    desk = make_desk()
    awarded = planted(desk, State.AWARDED).pk
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    for role, path, status in REFUSED:
        as_user(context, live_server.url, getattr(desk, role) if role else None)
        answer = page.goto(live_server.url + path.format(awarded=awarded))
        assert answer.status == status, path
        assert page.locator("main a").count() > 0, f"{path} is a dead end"
        assert list(violations(page)) == [], path
    context.close()


def test_the_first_tab_skips_to_the_content_and_the_focus_is_seen(chromium, live_server, transactional_db):
    page = chromium.new_page()
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main" and skip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.close()
