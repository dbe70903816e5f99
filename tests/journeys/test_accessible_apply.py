"""Every page of the applicant and of one's own account, looked at by axe on real data, at 1280 and 390 px: no page is
left out, because each URL name stands either among the pages or among what has none."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, reverse
from django.utils.http import urlsafe_base64_encode

from accounts.models import AccountLink, Role
from accounts.urls import public as account_urls
from common.clock import now, today
from common.files import DOCUMENTS, store
from delivery.models import Activity, Report
from delivery.urls import applicant as delivery_urls
from organizations.models import AnnualInspection, Membership, Organization, Rating
from organizations.urls import applicant as organization_urls
from rounds.models import AttachmentRule, FormSection
from tests.accounts.conftest import with_phone
from tests.corpus.parts import pdf
from tests.factories import (
    a_credit_code,
    a_full_form,
    a_place,
    a_round,
    a_user,
    a_venture,
    an_applicant,
    an_invitation,
    an_organization,
)
from tests.journeys.looking import WIDE, as_user, drawn, wrong_on
from tests.waiting import DEADLINE
from tests.web.desk_world import hand_in
from ventures import actions
from ventures.application.content.fields import TABLES
from ventures.models import Venture
from ventures.states import State
from ventures.urls import applicant as venture_urls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Verbs, files, and what only leads on.
NO_PAGE = {
    "apply_form", "apply_autosave", "apply_withdraw", "apply_submit", "apply_resubmit", "apply_attach", "apply_detach",
    "apply_file", "apply_stamp", "apply_pdf", "apply_submission_pdf", "apply_remark", "apply_table_out",
    "apply_table_in",  # its page of errors is driven below
    "apply_host_ask", "apply_host_agree", "apply_people_invite", "apply_people_leave",
    "apply_membership_part", "apply_membership_remove", "apply_invitation_revoke",
    "logout", "me", "active", "my_notifications_read",
}  # fmt: skip
STEPS = ("basic", "team", "narrative", "indicators", "schedule", "budget", "more", "files", "preview")


@pytest.fixture
def world(transactional_db: None) -> SimpleNamespace:
    """An applicant in the middle of everything: a full draft with papers and stamp, a return, two versions, delivery."""
    a_place()
    user, organization = an_applicant(name="陈项目", email="chen@example.org")
    colleague = a_user(name="李同事")
    Membership.objects.create(user=colleague, organization=organization, part="editor")
    round_ = a_round(stamp_required=True)
    a_full_form(round_)
    FormSection.objects.create(round=round_, slug="files", ordinal=8)
    rule = AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True)
    mine = {"organization": organization}
    draft = a_venture(round=round_, **mine)
    scan = SimpleUploadedFile("证书.pdf", pdf())
    file = store(scan, by=user, allowed=DOCUMENTS, max_bytes=1_000_000)
    actions.attach(draft, by=user, rule=rule, file=file)
    empty = actions.start(by=user, round=round_, organization=organization, title="还没有写的项目")
    delivering = a_venture(State.IN_DELIVERY, **mine)
    return SimpleNamespace(
        held=Activity.objects.create(venture=delivering, held_on=today(), topic="误录", attendance=1),
        user=user, colleague=colleague, organization=organization, draft=draft, empty=empty, round=round_,
        returned=_returned(user, a_venture(round=a_round(), **mine)),
        answered=_answered(user, a_venture(round=a_round(), **mine)),
        delivering=delivering, rectifying=_rectifying(mine),
        passed=a_venture(State.IN_DELIVERY, midterm_passed_at=now(), **mine),
        inspection=AnnualInspection.objects.create(organization=organization, year=2019, conclusion="passed"),
        rating=Rating.objects.create(organization=organization, grade=3, awarded_on=today(), valid_until=today()),
        group=an_organization(
            members=[user], name="演示备案小组", credit_code="", host=organization, hosting=Organization.Hosting.ASKED
        ),
    )  # fmt: skip


def _returned(user: Any, venture: Venture) -> Venture:
    venture = actions.submit(venture, by=user)
    asked = {"summary": "请写明人数。", "budget": "请补依据。", "beneficiaries": "与方案不一致。"}
    actions.return_for_correction(venture, by=a_user(Role.CLERK), fields=asked)
    venture.refresh_from_db()
    return venture


def _answered(user: Any, venture: Venture) -> Venture:
    venture = _returned(user, venture)
    actions.save_draft(venture, by=user, values={"summary": "服务 200 人。"})
    return actions.resubmit(venture, by=user)


def _rectifying(mine: dict[str, Any]) -> Venture:
    venture = a_venture(State.RECTIFYING, **mine)
    hand_in(venture, Report.Kind.MID_TERM)
    return venture


Page = tuple[str, tuple[Any, ...]]  # the name of its URL, and the arguments


def pages_of(world: SimpleNamespace) -> dict[str, list[tuple[Any, ...]]]:
    """URL name → the arguments with which its pages are looked at."""
    o, draft, returned, answered = (x.pk for x in (world.organization, world.draft, world.returned, world.answered))
    ventures = (draft, returned, answered, world.delivering.pk)
    steps = [(draft, s) for s in STEPS] + [(returned, s) for s in ("basic", "narrative", "budget", "preview")]
    return {
        "apply_home": [()], "apply_start": [(world.round.pk,)], "apply_venture": [(pk,) for pk in ventures],
        "apply_step": [*steps, (world.empty.pk, "basic"), (world.empty.pk, "budget")],
        "apply_print": [(draft,), (returned,)], "apply_activities": [(world.delivering.pk,)],
        "apply_midterm": [(world.delivering.pk,)], "apply_rectification": [(world.rectifying.pk,)],
        "apply_final": [(world.passed.pk,)], "apply_activity_reverse": [(world.held.pk,)], "apply_receipt": [(answered, 1), (answered, 2)],
        "apply_compare": [(answered,), (returned,)], "apply_copy": [(draft,)],
        "apply_organization_new": [()], "apply_group_new": [()], "apply_organization": [(o,), (world.group.pk,)],
        "apply_host_decline": [(world.group.pk,)], "apply_people": [(o,)], "apply_join_code": [()],
        "apply_join": [(an_invitation(an_organization(), made_by=world.colleague).code,)],
        "apply_inspections_add": [(o,)], "apply_inspections": [(world.inspection.pk,)],
        "apply_ratings_add": [(o,)], "apply_ratings": [(world.rating.pk,)],
        "account": [()], "change_password": [()], "factor_set_up": [()], "my_notifications": [()],
    }  # fmt: skip


def public_pages() -> dict[str, list[tuple[Any, ...]]]:
    person = a_user(email="someone@example.org")
    mail = (urlsafe_base64_encode(str(person.pk).encode()), default_token_generator.make_token(person))
    link = AccountLink.objects.create(user=a_user(), reason=AccountLink.Reason.INVITATION)
    invitation = an_invitation(an_organization(members=[a_user()]))
    return {
        "login": [()], "register": [()], "forgotten": [()], "reset_password": [mail, ("MQ", "no-such-token")],
        "use_link": [(link.code,), ("ABCD-EFGH-2345-WXYZ",)], "apply_join": [(invitation.code,), ("ABCD-EFGH-2345-WXYZ",)],
    }  # fmt: skip


FACTOR = {"factor_verify", "factor_codes", "factor_remove"}  # of somebody who has a second factor


def test_no_page_of_applicants_and_accounts_is_left_out(world):
    lists = (venture_urls, delivery_urls, organization_urls, account_urls)
    names = {p.name for urls in lists for p in urls.urlpatterns if isinstance(p, URLPattern)}
    assert names == {*pages_of(world), *public_pages(), *NO_PAGE, *FACTOR}


def some_of(pages: dict[str, list[tuple[Any, ...]]]) -> list[Page]:
    """Those that are drawn, by their place: keys of rows are others in each run."""
    return drawn({f"{name} {n}": (name, args) for name, several in pages.items() for n, args in enumerate(several)})


def look(page: Any, base: str, pages: Sequence[Page]) -> list[str]:
    wrong = []
    for name, args in pages:
        path = reverse(name, args=args)
        answer = page.goto(base + path)
        gone = args and args[-1] in {"no-such-token", "ABCD-EFGH-2345-WXYZ"}
        assert answer.status == (410 if gone else 200), (path, answer.status)
        assert page.url == base + path, f"{path} leads to {page.url}"
        wrong += wrong_on(page, path)
    return wrong


@pytest.fixture
def context(chromium):
    context = chromium.new_context(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True)
    context.set_default_timeout(DEADLINE * 1000)
    yield context
    context.close()


def test_axe_finds_nothing_on_the_pages_of_an_applicant(context, live_server, world):
    as_user(context, live_server.url, world.user)
    assert look(context.new_page(), live_server.url, some_of(pages_of(world))) == []


def test_axe_finds_nothing_on_public_pages_of_accounts(context, live_server, transactional_db):
    assert look(context.new_page(), live_server.url, some_of(public_pages())) == []


def test_axe_finds_nothing_where_a_second_factor_is_asked(context, live_server, transactional_db):
    person, page = a_user(Role.CLERK), context.new_page()
    phone, __ = with_phone(person)
    as_user(context, live_server.url, person)
    wrong = look(page, live_server.url, [("factor_verify", ())])
    page.fill("[name=code]", phone.code())
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda url: "/me/factor/" not in url)
    wrong += look(page, live_server.url, [("factor_codes", ()), ("factor_remove", ())])
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
