"""Filling in an application when something comes between: a colleague, a log-out in another tab, a full disk, a return."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import Role
from organizations.models import Membership
from rounds.models import AttachmentRule, FormSection
from tests.corpus.parts import pdf
from tests.factories import a_round, a_user, a_venture, an_applicant
from tests.journeys.conftest import go, log_in
from tests.journeys.looking import as_user
from tests.waiting import wait_until
from ventures import actions
from ventures.actions import save_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: Any) -> SimpleNamespace:
    applicant, organization = an_applicant(name="李四")
    colleague = a_user(name="张三")
    Membership.objects.create(user=colleague, organization=organization, part="editor")
    venture = a_venture(organization=organization)
    return SimpleNamespace(applicant=applicant, colleague=colleague, venture=venture)


def narrative(world: SimpleNamespace) -> str:
    return f"/apply/ventures/{world.venture.pk}/form/narrative/"


def stored(world: SimpleNamespace, name: str) -> str:
    world.venture.application.refresh_from_db()
    return str(getattr(world.venture.application, name))


def saved(page: Any) -> None:
    page.wait_for_selector("#saved:has-text('已自动保存')")


def copied(page: Any, text: str) -> None:
    """Until this browser has a copy of what was typed."""
    look = "text => Object.entries(localStorage).some(([k, v]) => k.startsWith('hc:') && v.includes(text))"
    page.wait_for_function(look, arg=text)


def test_both_texts_stand_at_the_field_until_one_is_chosen(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    save_draft(world.venture, by=world.colleague, values={"summary": "张三写的简介", "risks": "张三补的风险"})
    page.fill("[name=summary]", "李四写的简介")
    clash = page.wait_for_selector("#f-summary [data-clash]")
    told = clash.inner_text()
    assert "李四写的简介" in told and "张三写的简介" in told and "张三" in told
    # What nobody touched here is renewed in its place, and says by whom.
    assert page.input_value("[name=risks]") == "张三补的风险" and "由张三" in page.inner_text("#f-risks")
    # The buttons below do not leave the page before it is decided.
    page.click("button[name=next]")
    page.wait_for_selector("#saved:has-text('请先')")
    assert page.url.endswith(narrative(world)) and stored(world, "summary") == "张三写的简介"
    page.fill("[name=summary]", "李四和张三写的简介")
    page.click("#f-summary [data-choose=mine]")
    saved(page)
    assert stored(world, "summary") == "李四和张三写的简介" and page.locator("[data-clash]").count() == 0

    save_draft(world.venture, by=world.colleague, values={"summary": "张三的终稿"})
    page.fill("[name=summary]", "又改了一次")
    page.wait_for_selector("#f-summary [data-clash]")
    page.click("#f-summary [data-choose=theirs]")
    assert page.input_value("[name=summary]") == "张三的终稿"
    page.click("button[name=next]")
    page.wait_for_url("**/form/budget/")
    assert stored(world, "summary") == "张三的终稿"


@pytest.mark.parametrize("how", ["logged out", "cookies gone"])
def test_after_a_log_out_in_another_tab_the_words_wait_and_are_saved(
    site: Any, world: SimpleNamespace, how: str
) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    second = page.context.new_page()
    second.base = page.base
    if how == "logged out":
        go(second, "/apply/")
        second.click("header form[action='/logout/'] button")
        second.wait_for_url(lambda url: "/apply/" not in url)
    else:
        page.context.clear_cookies()
    page.fill("[name=needs]", "退出以后写的")
    link = page.wait_for_selector("#apply-top a:has-text('登录')")
    assert link.get_attribute("target") == "_blank"
    assert stored(world, "needs") == "演示文字。" and page.input_value("[name=needs]") == "退出以后写的"
    log_in(second, world.applicant)
    second.close()
    page.evaluate("document.querySelector('#apply-top button')?.click()")  # unless it has tried again by itself
    saved(page)
    assert stored(world, "needs") == "退出以后写的"


def test_on_logging_out_what_is_typed_is_saved_and_no_copy_stays(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    page.fill("[name=needs]", "退出前写的")
    copied(page, "退出前写的")
    kept = "Object.keys(localStorage).filter(k => k.startsWith('hc:')).length"
    page.click("header form[action='/logout/'] button")
    page.wait_for_url(lambda url: "/form/" not in url)
    assert page.evaluate(kept) == 0 and stored(world, "needs") == "退出前写的"


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('QuotaExceededError'); };")
    go(page, narrative(world))
    page.fill("[name=needs]", "没有本机副本")
    page.wait_for_selector("text=无法在本机保存")
    saved(page)
    assert stored(world, "needs") == "没有本机副本"


def test_a_save_that_is_on_its_way_is_waited_for(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    held: list[Any] = []
    left: list[str] = []  # what the page asked for, to go on
    page.route("**/autosave/", lambda route: held.append(route) if not held else route.continue_())
    page.on("request", lambda request: left.append(request.url) if request.is_navigation_request() else None)
    page.fill("[name=needs]", "写到一半")
    wait_until(lambda: held, "the first half is on its way", pause=lambda: page.wait_for_timeout(20))
    page.fill("[name=needs]", "写完了")
    page.click("button[name=next]")
    # Two frames later whatever a click does at once is done.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert left == [], "the page is not left while a saving is on its way"
    held[0].continue_()
    page.wait_for_url("**/form/budget/")
    assert stored(world, "needs") == "写完了"


def test_a_saving_whose_answer_is_lost_is_no_other_persons_text(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    lost: list[Any] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # it arrives and is stored, and the answer never comes back
        route.abort()

    page.route("**/autosave/", lose)
    page.fill("[name=needs]", "第一句。")
    page.wait_for_selector("#apply-top .trouble")
    assert stored(world, "needs") == "第一句。"
    page.fill("[name=needs]", "第一句。第二句。")
    saved(page)
    assert stored(world, "needs") == "第一句。第二句。" and page.locator("[data-clash]").count() == 0


def test_what_a_crashed_browser_had_meets_what_a_colleague_wrote_since(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("[name=needs]", "断网时写的")
    copied(page, "断网时写的")
    save_draft(world.venture, by=world.colleague, values={"needs": "张三同时写的"})
    address, again = page.url, page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    clash = again.wait_for_selector("#f-needs [data-clash]")
    assert "断网时写的" in clash.inner_text() and "张三同时写的" in clash.inner_text()
    assert stored(world, "needs") == "张三同时写的"


def test_what_another_open_tab_is_writing_is_left_to_that_tab(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("[name=needs]", "第一个标签页里正在写的")
    copied(page, "第一个标签页里正在写的")
    second = page.context.new_page()
    second.base = page.base
    go(second, narrative(world))
    second.wait_for_selector("#apply-top:has-text('另一个标签页')")
    assert second.input_value("[name=needs]") == "演示文字。" and "此浏览器里有" not in second.inner_text("main")
    second.fill("[name=risks]", "第二个标签页里写的")
    saved(second)
    assert (stored(world, "needs"), stored(world, "risks")) == ("演示文字。", "第二个标签页里写的")
    page.unroute("**/autosave/")
    page.evaluate("document.querySelector('#apply-top button')?.click()")  # unless it has tried again by itself
    saved(page)
    assert stored(world, "needs") == "第一个标签页里正在写的" and page.locator("[data-clash]").count() == 0
    assert page.input_value("[name=risks]") == "第二个标签页里写的"


def test_a_returned_application_opens_only_what_is_pinned(site: Any, world: SimpleNamespace) -> None:
    venture = actions.submit(world.venture, by=world.applicant)
    actions.return_for_correction(
        venture, by=a_user(Role.CLERK), fields={"summary": "请写明人数。", "budget": "请补依据。"}
    )
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    assert page.is_enabled("[name=summary]") and page.is_disabled("[name=needs]")
    assert "请写明人数。" in page.inner_text("#f-summary") and "不在本次补正范围内" in page.inner_text("#f-needs")
    page.fill("[name=summary]", "服务 200 人。")
    page.click("button[name=next]")
    page.wait_for_url("**/form/budget/")
    assert stored(world, "summary") == "服务 200 人。"
    page.fill("#budget tbody tr:nth-child(1) [data-cell=basis]", "按市场价")
    page.click("button[name=next]")
    page.wait_for_url("**/form/preview/")
    page.click("#submit-form button.btn-primary")
    page.wait_for_url(f"**/apply/ventures/{venture.pk}/")
    assert f"{venture.number}-2" in page.inner_text("main")


def test_without_scripts_the_two_texts_are_shown_too(chromium: Any, live_server: Any, world: SimpleNamespace) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.base = live_server.url
    as_user(page.context, page.base, world.applicant)
    go(page, narrative(world))
    save_draft(world.venture, by=world.colleague, values={"summary": "张三写的简介"})
    page.fill("[name=summary]", "李四写的简介")
    page.fill("[name=needs]", "顺便改的")
    page.click("button[name=stay]")
    told = page.inner_text("#f-summary [data-clash]")
    assert "李四写的简介" in told and "张三写的简介" in told and stored(world, "needs") == "顺便改的"
    page.click("#f-summary [data-choose=mine]")
    assert stored(world, "summary") == "李四写的简介"
    context.close()


def test_in_the_last_day_the_time_left_runs(site: Any, world: SimpleNamespace) -> None:
    from datetime import timedelta

    from common.clock import now

    round_ = a_round(closes_at=now() + timedelta(hours=2, minutes=-1))
    venture = a_venture(organization=world.venture.organization, round=round_)
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, f"/apply/ventures/{venture.pk}/form/narrative/")
    first = page.inner_text("#time-left")
    page.wait_for_function("was => document.getElementById('time-left').textContent !== was", arg=first)
    assert first.startswith("还剩 01:5")


def test_a_paper_that_was_just_uploaded_is_not_asked_for_any_more(site: Any, world: SimpleNamespace) -> None:
    round_ = a_round()
    for ordinal, slug in enumerate(("basic", "narrative", "budget", "files"), 1):
        FormSection.objects.create(round=round_, slug=slug, ordinal=ordinal)
    AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True)
    venture = a_venture(organization=world.venture.organization, round=round_)
    page = site
    as_user(page.context, page.base, world.applicant)
    go(page, f"/apply/ventures/{venture.pk}/form/files/")
    assert "登记证书" in page.inner_text("#points") and "待完善" in page.inner_text("#steps")
    file = {"name": "证书.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.set_input_files("#papers input[type=file]", [file])
    page.wait_for_selector("#points a", state="detached")
    assert "待完善" not in page.inner_text("#steps") and "证书.pdf" in page.inner_text("#papers")


def test_a_copy_that_only_looks_different_is_not_put_back(site: Any, world: SimpleNamespace) -> None:
    page = site
    as_user(page.context, page.base, world.applicant)
    address = f"/apply/ventures/{world.venture.pk}/form/budget/"
    go(page, address)
    page.route("**/autosave/", lambda route: (route.fetch(), route.abort()))  # stored, and the page never hears of it
    page.fill("#budget tbody tr:nth-child(1) [data-cell=from_own]", "5000")
    page.wait_for_selector("#apply-top .trouble")
    page.unroute("**/autosave/")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(site.base + address)
    assert again.input_value("#budget tbody tr:nth-child(1) [data-cell=from_own]") == "5000.00"
    assert "此浏览器里有" not in again.inner_text("main")
