"""Every kind of page, looked at by axe: nothing that keeps people out, at 1280 px; the pages of most use also on a phone.
A drawn share of them every day."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from common.clock import now
from reviews.models import Panel, PanelMember, Review
from rounds.states import RoundState
from showcases.models import Event, Exhibit
from tests.factories import a_round, a_venture, an_invitation
from tests.journeys.looking import PHONE, WIDE, as_user, drawn, violations, wrong_on
from tests.web.desk_world import an_objection, make_desk, on_notice, planted
from ventures.models import Objection
from ventures.notices.queries import receipt_of
from ventures.states import State

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.breaks("each_open_score_sheet_is_one_live_task"),  # a planted sheet
]

# Who opens what; `*` after a path: also on a phone. Applicants and accounts: test_accessible_apply.py.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/*", "/rounds/", "/rounds/{round}/*", "/notices/", "/notices/{notice}/*", "/notices/{notice}/object/",
        "/objections/{receipt}/", "/showcases/", "/showcases/{event}/*", "/help/",
    ),
    "expert": ("/review/*", "/review/reviews/{review}/*"),
    "clerk": (
        "/desk/*", "/desk/screening/{submitted}/*", "/desk/ventures/", "/desk/ventures/{awarded}/?tab=money*",
        "/desk/ventures/{submitted}/?tab=application", "/desk/ventures/{midterm}/midterm/",
        "/desk/ventures/{evaluated}/waiver/", "/desk/delivery/", "/desk/organizations/",
        "/desk/organizations/{organization}/", "/desk/platforms/", "/desk/showcases/", "/desk/showcases/plan/",
        "/desk/showcases/{planned}/", "/desk/journal/",
    ),
    "manager": (
        "/desk/rounds/", "/desk/rounds/{round}/", "/desk/rounds/{reviewed}/panel/", "/desk/rounds/{reviewed}/ranking/*",
        "/desk/rounds/{reviewed}/recusals/", "/desk/rounds/{reviewed}/notice/", "/desk/reviews/", "/desk/notices/",
        "/desk/notices/{notice}/", "/desk/objections/{objection}/", "/desk/closures/",
        "/desk/ventures/{shown}/closure/*", "/desk/ventures/{delivering}/termination/",
        "/desk/ventures/{evaluating}/final/", "/desk/reports/",
    ),
    "admin": ("/desk/people/*", "/desk/people/invite/*", "/desk/people/{expert}/*"),
    "finance": ("/desk/payments/*", "/desk/ventures/{awarded}/agreement/"),
}  # fmt: skip
# What is not there, not yours, not possible now.
REFUSED = (
    ("", "/rounds/999999/", 404),
    ("applicant", "/desk/", 403),
    ("clerk", "/desk/ventures/{awarded}/accept/", 405),
)


@pytest.fixture
def town(transactional_db: None) -> SimpleNamespace:
    """One of everything that has a page."""
    desk = make_desk()
    states = {
        "draft": State.DRAFT, "submitted": State.SUBMITTED, "awarded": State.AWARDED, "delivering": State.IN_DELIVERY,
        "midterm": State.MID_TERM, "rectifying": State.RECTIFYING, "evaluating": State.IN_EVALUATION,
        "evaluated": State.EVALUATED, "shown": State.SHOWN,
    }  # fmt: skip
    ids: dict[str, Any] = {name: planted(desk, state).pk for name, state in states.items()}
    ids["passed"] = planted(desk, State.IN_DELIVERY, midterm_passed_at=now()).pk
    noticed, notice = on_notice(desk)
    objection: Objection = an_objection(noticed, notice)
    reviewed = a_round(RoundState.IN_REVIEW, platform=desk.platform)
    panel = Panel.objects.create(round=reviewed, due_at=now() + timedelta(5))
    PanelMember.objects.create(panel=panel, expert=desk.expert, ordinal=1)
    review = Review.objects.create(venture=a_venture(State.IN_REVIEW, round=reviewed), expert=desk.expert)
    times = {"starts_at": now() + timedelta(3), "ends_at": now() + timedelta(days=3, hours=2), "venue": "文化馆"}
    event = Event.objects.create(name="成果展", is_public=True, **times)
    planned = Event.objects.create(name="发布会", **times)
    for e in (event, planned):
        e.shows.add(desk.round)
        Exhibit.objects.create(event=e, venture_id=ids["evaluated"], ordinal=1)
    ids |= {
        "round": desk.round.pk, "notice": notice.pk, "objection": objection.pk, "receipt": receipt_of(objection),
        "organization": desk.organization.pk, "reviewed": reviewed.pk, "review": review.pk, "event": event.pk,
        "planned": planned.pk,
        "invitation": an_invitation(desk.organization).code, "expert": desk.expert.pk,
    }  # fmt: skip
    return SimpleNamespace(desk=desk, ids=ids)


@pytest.mark.parametrize("role", PAGES, ids=lambda role: role or "public")
def test_axe_finds_nothing_on_any_page(chromium, live_server, town, role):
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    as_user(context, live_server.url, getattr(town.desk, role) if role else None)
    wrong = []
    for entry in drawn({entry: entry for entry in PAGES[role]}):
        path = entry.rstrip("*").format(**town.ids)
        answer = page.goto(live_server.url + path)
        assert answer.status == 200, (path, answer.status)
        wrong += wrong_on(page, path, (WIDE, PHONE) if entry.endswith("*") else (WIDE,))
    context.close()
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_a_refusal_and_it_leads_on(chromium, live_server, town):
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    for role, path, status in REFUSED:
        as_user(context, live_server.url, getattr(town.desk, role) if role else None)
        answer = page.goto(live_server.url + path.format(**town.ids))
        assert answer.status == status, path
        assert page.locator("main a").count() > 0, f"{path} is a dead end"
        assert list(violations(page)) == [], path
    context.close()


def test_the_first_tab_skips_to_the_content_and_the_focus_is_seen(chromium, live_server, town):
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
