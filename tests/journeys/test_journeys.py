"""Four people, each on the way through the site: applicant, expert, clerk, citizen. In Chinese, at 1280 px; the citizen
and the expert also on a phone's width."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Role, User
from common.clock import now, today
from reviews.models import Review
from tests.factories import PASSWORD, a_credit_code, a_place, a_round, a_user, a_venture, answer_all_checks
from tests.journeys.conftest import go, log_in, text
from tests.reviews.steps import panelled
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARRATIVE = {
    "summary": "为新居民提供陪伴服务。",
    "needs": "走访中了解到,新居民希望有经常性的服务。",
    "goals": "开展活动 12 场，服务 200 人。",
    "plan": "每月一场,半程自评,期末总结。",
    "sustainability": "培育本地志愿者骨干。",
    "outcomes": "形成稳定的服务队伍。",
}


def test_an_applicant_registers_fills_submits_and_follows(site):
    a_place()
    round_ = a_round()
    page = site
    go(page, "/")
    page.click("text=开始申报")
    page.click("main >> text=注册")
    page.fill("[name=username]", "xiangyin")
    page.fill("[name=name]", "申报员")
    page.fill("[name=phone]", "13800138000")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.check("[name=consent]")
    with page.expect_navigation():
        page.click("main button.btn-primary")
    assert User.objects.filter(username="xiangyin").exists(), text(page)

    go(page, "/apply/organizations/new/")
    code = a_credit_code(777)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    page.fill("[name=name]", "演示社会组织（林埭镇）")
    page.fill("[name=credit_code]", wrong)
    page.check("[name=management][value=territorial]")
    page.select_option("[name=place]", label="林埭镇")
    page.fill("[name=legal_representative]", "法定代表人")
    page.click("main form button.btn-primary >> nth=-1")
    assert f"应为 {code[-1]}" in text(page) or code[-1] in page.inner_text(".field-error")
    assert page.input_value("[name=name]") == "演示社会组织（林埭镇）", "nothing typed is lost"
    page.fill("[name=credit_code]", code)
    page.click("main form button.btn-primary >> nth=-1")
    page.wait_for_url(re.compile(r"/apply/(?!organizations/new/)"))

    go(page, f"/apply/rounds/{round_.pk}/start/")
    page.fill("[name=title]", "《“乡音相伴”——林埭镇新居民服务项目》")
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/form/basic/"))
    venture = Venture.objects.get()
    assert venture.title == "“乡音相伴”——林埭镇新居民服务项目"
    page.select_option("[name=category]", label="新居民发展")
    page.select_option("[name=place]", label="林埭镇")
    page.fill("[name=leader]", "项目负责人")
    page.fill("[name=phone]", "13800138000")
    page.fill("[name=starts_on]", f"{today():%Y-%m-%d}")
    page.fill("[name=ends_on]", f"{today() + timedelta(200):%Y-%m-%d}")
    page.fill("[name=beneficiaries]", "200")
    page.fill("[name=sessions_planned]", "12")
    page.fill("[name=attendance_planned]", "600")
    page.click("button[name=next]")
    page.wait_for_url(re.compile(r"/form/narrative/"))
    for name, value in NARRATIVE.items():
        page.fill(f"[name={name}]", value)
    page.click("button[name=next]")
    page.wait_for_url(re.compile(r"/form/budget/"))

    # The budget by keyboard alone: a management fee over its cap is told while one types, and again on submission.
    rows = page.locator("#budget tbody tr")
    fill_row(page, rows.nth(0), "活动费用", "社区活动", "44800")
    if rows.count() < 2:
        page.click("button[data-add]")
    fill_row(page, rows.nth(1), "管理费", "管理费", "5200")
    assert "10.4%" in page.inner_text("aside, .hints, #budget-shares")
    page.click("button[name=next]")
    page.wait_for_url(re.compile(r"/form/preview/"))
    assert (
        "“管理费”5,200.00 元，占申请资助金额 10.4%，超过上限 10%（5,000.00 元），请调减 200.00 元。调减部分如不列入其他支出，则须调减 222.23 元以上。"
        in text(page)
    )
    go(page, f"/apply/ventures/{venture.pk}/form/budget/")
    fill_row(page, rows.nth(0), "活动费用", "社区活动", "45000")
    fill_row(page, rows.nth(1), "管理费", "管理费", "5000")
    page.click("button[name=next]")
    page.wait_for_url(re.compile(r"/form/preview/"))
    page.check("[name=declared]")
    page.click("main form button.btn-primary >> nth=-1")
    page.wait_for_url(re.compile(rf"/apply/ventures/{venture.pk}/$"))
    venture.refresh_from_db()
    assert (venture.state, venture.requested) == (State.SUBMITTED, Decimal("50000.00"))
    assert venture.number in page.inner_text("body") and "待形式审查" in page.inner_text("body")
    go(page, "/apply/")
    assert venture.title in text(page)


def fill_row(page, row, kind, use, price):
    """Through the cells of one budget line with the Tab key, as one does in Excel."""
    row.locator("select").focus()
    row.locator("select").select_option(kind)
    for value in (use, price, "1"):
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type(value)


def test_an_applicant_logs_in_and_saves_a_draft_with_the_keyboard_alone(site):
    applicant = a_user(Role.APPLICANT)
    from tests.factories import an_organization

    venture = a_venture(State.DRAFT, organization=an_organization(members=[applicant]))
    page = site
    go(page, "/login/")
    page.focus("[name=username]")
    page.keyboard.type(applicant.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/apply/"))
    go(page, f"/apply/ventures/{venture.pk}/form/narrative/")
    reach(page, "summary")
    page.keyboard.press("Control+a")
    page.keyboard.type("只用键盘写的简介")
    reach(page, None, "main form button.btn-primary, main form button[name=next], main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    venture.application.refresh_from_db()
    assert venture.application.summary == "只用键盘写的简介"


def reach(page, name, selector=None):
    """Press Tab until the named field (or something of the selector) has the focus: it can be reached, visibly."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name and page.evaluate("document.activeElement.name") == name:
            return
        if selector and page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {name or selector}")


def test_a_clerk_screens_and_a_second_click_is_told_who_was_first(site):
    clerk = a_user(Role.CLERK, name="初审员")
    venture = a_venture(State.SUBMITTED)
    page = site
    log_in(page, clerk)
    go(page, "/desk/")
    page.click("main a:has-text('形式审查') >> nth=0")
    page.wait_for_url(re.compile("/desk/screening/"))
    assert venture.title in text(page)
    second = page.context.new_page()
    second.goto(page.url)
    for tab in (page, second):
        for radio in tab.locator("input[type=radio][value=yes]").all():
            radio.check()
    with page.expect_navigation():
        page.click("main form[action*='/accept/'] button.btn-primary")
    venture.refresh_from_db()
    assert venture.state == State.ELIGIBLE
    second.on("dialog", lambda d: d.accept())
    with second.expect_navigation():
        second.click("main form[action*='/accept/'] button.btn-primary")
    told = second.inner_text("main")
    assert "初审员" in told and "待评审" in told


def test_an_expert_scores_on_a_tablet_and_on_a_phone(site):
    begun = panelled(experts=5, ventures=1).begin()
    page = site
    log_in(page, begun.experts[0])
    page.wait_for_url(re.compile("/review/"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("main a.btn-primary")
    page.wait_for_selector("input.points")
    assert overflow(page) <= 0
    for number in page.locator("input.points").all():
        number.fill(str(int(number.get_attribute("data-max")) - 2))
    assert page.inner_text("#sum") == "84.0"
    page.wait_for_selector("#saved:has-text('已自动保存')")
    page.reload()
    assert page.inner_text("#sum") == "84.0", "the draft was kept"
    page.set_viewport_size({"width": 820, "height": 1180})
    page.click("#score-form button.btn-primary")
    page.wait_for_url(re.compile(r"/review/$"))
    assert Review.objects.get(expert=begun.experts[0]).total == Decimal("84.00")
    assert "84.00" in text(page)


def test_a_citizen_reads_the_notice_on_a_phone_and_objects(site):
    venture = a_venture(State.ON_NOTICE, title="演示·“邻里一家”")
    notice = Notice.objects.create(
        round=venture.round, title="拟立项项目公示", opens_on=today(), closes_on=today() + timedelta(7), days=5
    )
    NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
    page = site
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, "/")
    with page.expect_navigation():
        page.click("main >> text=提出异议")
    assert overflow(page) <= 0
    page.select_option("[name=venture]", str(venture.pk))
    page.fill("[name=name]", "钱某某")
    page.fill("[name=text]", "该项目内容与上年度项目重复。")
    page.click("main form button.btn-primary")
    assert page.input_value("[name=text]") == "该项目内容与上年度项目重复。", "the contact is missing, the words stay"
    page.fill("[name=contact]", "0573-85013072")
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile("/objections/"))
    assert Objection.objects.get().venture == venture
    go(page, f"/notices/{notice.pk}/")
    body = text(page)
    assert venture.title in body and "50,000.00" in body and venture.phone not in body and "钱某某" not in body


def test_the_language_is_switched_and_stays(site):
    a_round()
    page = site
    go(page, "/")
    assert page.get_attribute("html", "lang") == "zh-CN"
    with page.expect_navigation():
        page.click("header button[value=en]")
    assert page.get_attribute("html", "lang") == "en"
    assert "Public notices" in page.inner_text("header")
    go(page, "/help/")
    assert page.get_attribute("html", "lang") == "en"
    with page.expect_navigation():
        page.click("header button[value='zh-hans']")
    assert "公示" in page.inner_text("header")


def overflow(page):
    """By how many pixels the page is wider than the screen, when it is all there."""
    page.wait_for_function("document.readyState === 'complete'")
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_closed_call_says_so_and_keeps_what_was_typed(site):
    applicant = a_user(Role.APPLICANT)
    from tests.factories import an_organization

    round_ = a_round(closes_at=now() - timedelta(hours=1))
    venture = a_venture(State.DRAFT, round=round_, organization=an_organization(members=[applicant]))
    answer_all_checks(venture)
    page = site
    log_in(page, applicant)
    go(page, f"/apply/ventures/{venture.pk}/form/preview/")
    page.check("[name=declared]")
    with page.expect_navigation():
        page.click("main form button.btn-primary >> nth=-1")
    assert "截止" in text(page) and "草稿" in text(page)
    venture.refresh_from_db()
    assert venture.state == State.DRAFT
