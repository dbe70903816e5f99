"""A whole application by keyboard alone, in a browser that is cut off twice: the network goes, then the tab is killed.
Nothing that had a quarter of a second to be copied is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Error

from common.clock import today
from tests.factories import PASSWORD, a_full_form, a_place, a_round, an_applicant
from tests.journeys.wire import Wire
from tests.parts import chromium_path
from tests.waiting import DEADLINE
from ventures.models import Answer, Submission, Venture
from ventures.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Whether an entry of the copy in the browser, whose key ends with the field's path, holds the text.
KEPT = """([end, text]) => Object.keys(localStorage).some(
    (key) => key.startsWith("hc:") && key.endsWith(end) && JSON.parse(localStorage[key]).v === text)"""
NARRATIVE = {
    "summary": "为新居民提供陪伴服务。", "needs": "走访 120 户,新居民希望有经常性的服务。", "goals": "开展活动 12 场，服务 200 人。",
    "plan": "每月一场,半程自评,期末总结。", "sustainability": "培育本地志愿者骨干。", "outcomes": "形成稳定的服务队伍。",
}  # fmt: skip


@pytest.fixture
def world(wire: Wire) -> SimpleNamespace:
    a_place()
    applicant, organization = an_applicant()
    round_ = a_round()
    return SimpleNamespace(
        base=wire.url, applicant=applicant, organization=organization, round=round_, asked=a_full_form(round_)
    )


@pytest.fixture
def browser(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """A browser with a profile of its own, which outlives its tabs."""
    # One driver for all tests: a second one can not start beside it.
    kind = chromium.browser_type
    context = kind.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=chromium_path(), locale="zh-CN", timezone_id="Asia/Shanghai",
        viewport={"width": 1280, "height": 900},
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )  # fmt: skip
    context.set_default_timeout(DEADLINE * 1000)
    context.on("page", lambda page: page.on("dialog", lambda d: d.accept()))
    yield context
    context.close()


class Hands:
    """Somebody who has no mouse."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, page.keyboard
        self.broken: list[str] = []
        page.on("pageerror", lambda e: self.broken.append(str(e)))
        page.on("dialog", lambda d: d.accept())

    def to(self, selector: str) -> None:
        """Press Tab until something of the selector has the focus."""
        for _ in range(120):
            if self.page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    def write(self, name: str, text: str) -> None:
        self.to(f"[name='{name}']")
        self.keys.press("Control+a")
        self.keys.type(text)

    def date(self, name: str, day: Any) -> None:
        """Into a date field, digit by digit, in the order in which this browser shows it."""
        self.to(f"[name='{name}']")
        self.put_date(day)
        assert self.page.input_value(f"[name='{name}']") == f"{day:%Y-%m-%d}"

    def put_date(self, day: Any) -> None:
        self.keys.type(f"{day:%m%d%Y}")
        if self.page.evaluate("document.activeElement.value") != f"{day:%Y-%m-%d}":
            for _ in range(3):
                self.keys.press("ArrowLeft")
            self.keys.type(f"{day:%Y}")
            self.keys.press("ArrowRight")
            self.keys.type(f"{day:%m%d}")

    def pick(self, name: str, label: str) -> None:
        """An option of a list, by typing how it begins or walking down."""
        self.to(f"[name='{name}']")
        for _ in range(12):
            if self.page.evaluate("document.activeElement.selectedOptions[0].label") == label:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"{label} is not to be had in {name}")

    def row(self, table: str, n: int, *values: str | None) -> None:
        """A row of a table from its first cell with Tab; None: the cell is left as it is."""
        self.to(f"#{table} tbody tr:nth-child({n}) td:first-child [data-cell]")
        for place, value in enumerate(values):
            if place:
                self.keys.press("Tab")
            if value is not None:
                self.keys.press("Control+a")
                self.keys.type(value)

    def back_to(self, selector: str) -> None:
        for _ in range(60):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.keys.press("Shift+Tab")
        raise AssertionError(f"Shift+Tab does not reach {selector}")

    def on(self) -> None:
        """The button below the form."""
        here = self.page.url
        self.to("button[name='next']")
        self.keys.press("Enter")
        self.page.wait_for_url(lambda url: url != here)
        self.page.wait_for_load_state()

    def saved(self) -> None:
        self.page.wait_for_selector("#saved:has-text('已自动保存')")

    def kept(self, name: str, text: str) -> None:
        """Wait until this browser's copy of a field is what was typed."""
        self.page.wait_for_function(KEPT, arg=[f":{name}", text])


def log_in(page: Any, world: SimpleNamespace) -> None:
    page.goto(f"{world.base}/login/")
    page.focus("[name=username]")
    page.keyboard.type(world.applicant.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_a_whole_application_is_written_and_submitted_by_keyboard_and_survives_two_cuts(
    browser: Any, world: SimpleNamespace, wire: Wire
) -> None:
    page = browser.pages[0]
    log_in(page, world)
    page.goto(f"{world.base}/apply/rounds/{world.round.pk}/start/")
    me = Hands(page)
    me.write("title", "乡音相伴——林埭镇新居民服务项目")
    me.keys.press("Enter")
    page.wait_for_url("**/form/basic/")
    venture = Venture.objects.get()
    begins, ends = today() + timedelta(30), today() + timedelta(200)

    # Basic facts
    me.pick("category", "新居民发展")
    me.pick("place", "林埭镇")
    me.write("leader", "项目负责人")
    me.write("phone", "13800138000")
    me.date("starts_on", begins)
    me.date("ends_on", ends)
    me.write("beneficiaries", "200")
    me.write("sessions_planned", "12")
    me.write("attendance_planned", "600")
    me.on()

    # Team: a row, Enter for the next
    me.row("team", 1, "甲", "本科 社会工作", "助理社会工作师", "统筹", "13800138001")
    me.keys.press("Enter")
    me.row("team", 2, "乙", "大专", "", "财务")
    me.keys.press("Alt+ArrowUp")
    me.on()
    assert list(venture.team.values_list("name", flat=True)) == ["乙", "甲"]

    # The plan; in its middle the network goes.
    me.write("summary", NARRATIVE["summary"])
    me.write("needs", NARRATIVE["needs"])
    me.saved()
    wire.cut()
    me.write("goals", NARRATIVE["goals"])
    me.write("plan", NARRATIVE["plan"])
    page.wait_for_selector("text=网络已断开")
    me.kept("plan", NARRATIVE["plan"])
    venture.application.refresh_from_db()
    assert (venture.application.goals, venture.application.plan) == ("", "")
    # Even if the tab is closed while the network is down, the words come back. What a page sends while it is closed
    # outlives the page; here it gets no further than any other request.
    page.close(run_before_unload=False)
    wire.mend(to_read=True)
    page = browser.new_page()
    me = Hands(page)
    page.goto(f"{world.base}/apply/ventures/{venture.pk}/form/narrative/")
    assert (
        page.input_value("[name=plan]") == NARRATIVE["plan"] and page.input_value("[name=goals]") == NARRATIVE["goals"]
    )
    assert "此浏览器里有" in page.inner_text("main")
    wire.mend()
    me.saved()
    venture.application.refresh_from_db()
    assert (venture.application.goals, venture.application.plan) == (NARRATIVE["goals"], NARRATIVE["plan"])

    # The tab is killed in the middle of a sentence: what had time to be saved or copied is there.
    me.write("sustainability", NARRATIVE["sustainability"])
    me.write("outcomes", NARRATIVE["outcomes"][:4])
    me.kept("outcomes", NARRATIVE["outcomes"][:4])
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page = browser.new_page()
    me = Hands(page)
    page.goto(f"{world.base}/apply/ventures/{venture.pk}/form/narrative/")
    shown = {name: page.input_value(f"[name={name}]") for name in NARRATIVE}
    assert shown == NARRATIVE | {"outcomes": NARRATIVE["outcomes"][:4]}
    assert page.locator("[data-clash]").count() == 0
    me.write("outcomes", NARRATIVE["outcomes"])
    me.on()

    me.row("indicators", 1, "开展活动", "12", "场", "签到表、照片")
    me.on()

    first, last = f"{begins:%Y-%m-%d}", f"{begins + timedelta(9):%Y-%m-%d}"
    me.to("#schedule tbody tr:nth-child(1) [data-cell='starts_on']")
    me.put_date(begins)
    me.to("#schedule tbody tr:nth-child(1) [data-cell='ends_on']")
    me.put_date(begins + timedelta(9))
    for cell, text in (("activity", "需求走访"), ("detail", "入户 120 户"), ("place", "林埭镇"), ("sessions", "12"),
                       ("attendance", "600"), ("responsible", "甲")):  # fmt: skip
        me.to(f"#schedule tbody tr:nth-child(1) [data-cell='{cell}']")
        me.keys.type(text)
    me.on()
    assert [(f"{s.starts_on}", f"{s.ends_on}", s.attendance) for s in venture.schedule.all()] == [(first, last, 600)]

    # The budget: a management fee over its cap is told while one types.
    me.to("#budget tbody tr:nth-child(1) [data-cell='head']")
    while page.evaluate("document.activeElement.value") != "活动费用":
        me.keys.press("ArrowDown")
    me.row("budget", 1, None, "社区活动", "3733.33", "12", "场", "")
    me.keys.press("Enter")
    me.to("#budget tbody tr:nth-child(2) [data-cell='head']")
    while page.evaluate("document.activeElement.value") != "管理费":
        me.keys.press("ArrowDown")
    me.row("budget", 2, None, "管理费", "5200", "1", "项", "")
    assert "10.4%" in page.inner_text("#budget-shares .bad")
    me.back_to("#budget tbody tr:nth-child(2) [data-cell='unit_price']")
    me.keys.press("Control+a")
    me.keys.type("4900")
    assert page.locator("#budget-shares .bad").count() == 0
    me.on()

    # Questions of eight kinds; two are put only after the first is answered with yes.
    q = {kind: f"q{question.pk}" for kind, question in world.asked.items()}
    assert page.is_hidden(f"[name={q['text']}]")
    me.to(f"[name={q['yes_no']}]")
    me.keys.press("Space")
    assert page.is_visible(f"[name={q['text']}]")
    me.write(q["text"], "演示联合单位")
    me.write(q["number"], "8")
    me.write(q["money"], "1,200.50")
    me.date(q["date"], today() - timedelta(400))
    me.pick(q["choice"], "集中活动")
    me.to(f"[name={q['choices']}][value='老年人']")
    me.keys.press("Space")
    me.to(f"[name={q['choices']}][value='新居民']")
    me.keys.press("Space")
    me.write(q["paragraph"], "甲方统筹,乙方场地。")
    me.on()
    kinds = {kind: Answer.objects.get(question=question).value for kind, question in world.asked.items()}
    assert kinds["choices"] == ["老年人", "新居民"] and kinds["money"] == "1200.50" and kinds["yes_no"] == "yes"

    # Preview, declaration, submission
    assert page.locator("text=待完善内容").count() == 0, page.inner_text("main")
    me.to("[name=declared]")
    me.keys.press("Space")
    me.keys.press("Tab")
    me.keys.press("Enter")
    page.wait_for_url(f"**/apply/ventures/{venture.pk}/")
    venture.refresh_from_db()
    submission = Submission.objects.get()
    assert venture.state == State.SUBMITTED and submission.receipt == f"{venture.number}-1"
    told = page.inner_text("main")
    assert submission.receipt in told and submission.hash[:16] in told
    assert me.broken == []
