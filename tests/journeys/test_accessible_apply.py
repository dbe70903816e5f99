"""What is only seen of pages when something is done on them, looked at by axe and at four widths: errors, clashes, used-up
links, a second factor. Every page as it opens: test_every_page.py."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from accounts.models import Role
from organizations.models import Membership
from rounds.models import AttachmentRule, FormSection
from tests.accounts.conftest import with_phone
from tests.factories import (
    a_credit_code,
    a_full_form,
    a_place,
    a_round,
    a_user,
    a_venture,
    an_applicant,
)
from tests.journeys.looking import WIDE, as_user, wrong_on
from tests.waiting import DEADLINE
from ventures import actions
from ventures.application.content.fields import TABLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> SimpleNamespace:
    """An applicant and a colleague, with a full draft that lacks its papers."""
    a_place()
    user, organization = an_applicant(name="陈项目", email="chen@example.org")
    colleague = a_user(name="李同事")
    Membership.objects.create(user=colleague, organization=organization, part="editor")
    round_ = a_round(stamp_required=True)
    a_full_form(round_)
    FormSection.objects.create(round=round_, slug="files", ordinal=8)
    AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True)
    draft = a_venture(round=round_, organization=organization)
    return SimpleNamespace(user=user, colleague=colleague, organization=organization, draft=draft)


@pytest.fixture
def context(chromium):
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True)
    context.set_default_timeout(DEADLINE * 1000)
    yield context
    context.close()


def look(page: Any, base: str, name: str, *args: Any, status: int = 200) -> list[str]:
    path = reverse(name, args=args)
    answer = page.goto(base + path)
    assert (answer.status, page.url) == (status, base + path)
    return wrong_on(page, path)


def test_axe_finds_nothing_where_a_link_from_a_mail_leads(context, live_server, transactional_db):
    """Where it is good, and where it is used up."""
    person, page = a_user(email="someone@example.org"), context.new_page()
    token = (urlsafe_base64_encode(str(person.pk).encode()), default_token_generator.make_token(person))
    wrong = look(page, live_server.url, "reset_password", *token)
    wrong += look(page, live_server.url, "reset_password", "MQ", "no-such-token", status=410)
    wrong += look(page, live_server.url, "use_link", "ABCD-EFGH-2345-WXYZ", status=410)
    wrong += look(page, live_server.url, "apply_join", "ABCD-EFGH-2345-WXYZ", status=410)
    assert wrong == []


def test_axe_finds_nothing_where_a_second_factor_is_asked(context, live_server, transactional_db):
    person, page = a_user(Role.CLERK), context.new_page()
    phone, __ = with_phone(person)
    as_user(context, live_server.url, person)
    wrong = look(page, live_server.url, "factor_verify")
    page.fill("[name=code]", phone.code())
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda url: "/me/factor/" not in url)
    wrong += look(page, live_server.url, "factor_codes") + look(page, live_server.url, "factor_remove")
    assert wrong == []


def test_axe_finds_nothing_on_what_only_comes_of_doing(context, wire, world, tmp_path):
    """Errors, a clash of texts and one of tables, a workbook with errors, an invitation just made, words put back."""
    as_user(context, wire.url, world.user)
    page, base, wrong = context.new_page(), wire.url, []
    page.on("dialog", lambda d: d.accept())
    draft = world.draft

    def at(name: str, *args: Any) -> None:
        page.goto(base + reverse(name, args=args))

    at("apply_organization_new")
    page.fill("[name=credit_code]", a_credit_code(7)[:-1])
    page.click("main form button.btn-primary")
    page.wait_for_selector("#error-summary")
    wrong += wrong_on(page, "an organization with errors")

    at("apply_step", draft.pk, "narrative")
    actions.save_draft(draft, by=world.colleague, values={"summary": "同事写的", "risks": "同事补的"})
    page.fill("[name=summary]", "我写的")
    page.wait_for_selector("[data-clash]")
    wrong += wrong_on(page, "a clash of texts")

    at("apply_step", draft.pk, "budget")
    rows = list(draft.budget_lines.values(*TABLES["budget"][1]))
    rows[0]["detail"] = "同事改的"
    actions.save_draft(draft, by=world.colleague, values={"budget": rows})
    page.fill("#budget tbody tr:nth-child(1) [data-cell=basis]", "市场价")
    page.click("button[name=stay]")
    page.wait_for_selector("[data-clash] table")
    wrong += wrong_on(page, "a clash of tables")

    at("apply_step", draft.pk, "schedule")
    broken = tmp_path / "进度.csv"
    broken.write_text("没有,这样,的列\n1,2,3\n", encoding="utf-8")
    page.set_input_files("#schedule-file", str(broken))
    page.click(".apply-excel button")
    page.wait_for_selector("#error-summary")
    wrong += wrong_on(page, "a workbook with errors")

    at("apply_step", draft.pk, "narrative")
    wire.cut()
    page.fill("[name=risks]", "断网时写的")
    page.wait_for_selector(".trouble")
    wrong += wrong_on(page, "without a network")
    wire.mend()
    page.reload()

    at("apply_step", draft.pk, "preview")
    page.click("#submit-form button.btn-primary")
    page.wait_for_selector("#error-summary")
    wrong += wrong_on(page, "not submitted")

    at("apply_people", world.organization.pk)
    page.click("main form[action$='/invite/'] button")
    page.wait_for_selector("text=邀请已生成")
    wrong += wrong_on(page, "an invitation just made")
    assert wrong == []
