"""The row editor by hand: keys and pasting in both rooms that have it, and the buttons where no script runs."""

from typing import Any

import pytest
from django.urls import reverse

from rounds.models import CheckItem
from rounds.states import RoundState
from tests.factories import a_full_form, a_round, a_venture, an_applicant
from tests.journeys.looking import as_user
from tests.web.desk_world import make_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([selector, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
}"""


def labels(page: Any) -> list[str]:
    return [field.input_value() for field in page.query_selector_all("#check_items tbody [data-cell=label]")]


def test_a_clerk_types_a_checklist_by_keyboard_alone(site: Any) -> None:
    desk = make_desk()
    round_ = a_round(RoundState.PREPARING, platform=desk.platform)
    round_.check_items.all().delete()
    CheckItem.objects.create(round=round_, ordinal=1, label="甲")
    page, keys = site, site.keyboard
    as_user(page.context, page.base, desk.clerk)
    page.goto(page.base + reverse("desk_round_card", args=[round_.pk, "checklist"]))
    page.focus("#check_items tbody [data-cell=label]")
    for text in ("乙", "丙"):
        keys.press("Enter")
        keys.type(text)
    keys.press("Enter")
    keys.press("Enter")  # a blank row is not followed by another
    assert labels(page) == ["甲", "乙", "丙", ""]
    keys.press("Alt+Delete")  # the row before takes the focus
    keys.press("Alt+ArrowUp")
    assert labels(page) == ["甲", "丙", "乙"] and "第 3 行已移到第 2 位" in page.inner_text("[data-moved]")
    keys.press("Enter")
    keys.press("Alt+Delete")
    keys.press("Enter")
    keys.type("丁")  # into the name that the removed row had
    page.click("button[name=stay]:visible >> nth=-1")
    page.wait_for_selector(".alert-success")
    assert list(round_.check_items.values_list("label", flat=True)) == ["甲", "丙", "丁"]


def test_rows_of_a_sheet_are_pasted_into_the_schedule_and_saved(site: Any) -> None:
    applicant, organization = an_applicant()
    round_ = a_round()
    a_full_form(round_)
    venture = a_venture(round=round_, organization=organization)
    page = site
    as_user(page.context, page.base, applicant)
    page.goto(page.base + reverse("apply_step", args=[venture.pk, "schedule"]))
    sheet = "2030/4/1\t2030年4月2日\t走访\t\t林埭镇\t3\n2030-05-01\t\t义诊\n"
    page.evaluate(PASTE, ["#schedule tbody [data-cell=starts_on]", sheet])
    page.wait_for_selector("#saved:has-text('已自动保存')")
    stored = [(f"{s.starts_on}", f"{s.ends_on}", s.activity, s.place, s.sessions) for s in venture.schedule.all()]
    assert stored == [("2030-04-01", "2030-04-02", "走访", "林埭镇", 3), ("2030-05-01", "2030-05-01", "义诊", "", 0)]


def test_without_a_script_the_buttons_move_rows_and_enter_moves_none(chromium: Any, live_server: Any) -> None:
    applicant, organization = an_applicant()
    round_ = a_round()
    a_full_form(round_)
    venture = a_venture(round=round_, organization=organization)
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    as_user(context, live_server.url, applicant)
    page = context.new_page()
    here = live_server.url + reverse("apply_step", args=[venture.pk, "team"])
    page.goto(here)
    for n, name in enumerate(("甲", "乙")):
        page.fill(f"[name=team-{n}-name]", name)
        page.click("[name=team-add]")
    page.click("[name=team-up][value='1']")
    assert list(venture.team.values_list("name", flat=True)) == ["乙", "甲"]
    page.fill("[name=team-0-part]", "统筹")
    page.press("[name=team-0-part]", "Enter")
    page.wait_for_url(lambda url: url != here)
    assert list(venture.team.values_list("name", "part")) == [("乙", "统筹"), ("甲", "")]
    context.close()
