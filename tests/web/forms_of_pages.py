"""The forms of the register, of accounts and of setting up a round, read from their pages as a browser would send them.

Fields keep what the page shows in them; the blank ones get what is given here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import lxml.html
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AccountLink, AccountRequest, Role, User
from common.clock import now, today
from common.machine.actors import stamp
from organizations.models import (
    AnnualInspection,
    Ban,
    CreditListing,
    EarlierGrant,
    Incubation,
    Organization,
    PartyMark,
    Penalty,
    Rating,
)
from rounds.forms.cards import PAGES
from rounds.states import RoundState
from tests.factories import (
    PASSWORD,
    a_credit_code,
    a_full_form,
    a_platform,
    a_round,
    a_user,
    an_invitation,
    an_organization,
    applicant_kinds,
)
from tests.organizations.sheets import a_workbook, checked
from tests.web.desk_world import planted
from ventures.states import State

Sent = tuple[User | None, str, dict[str, Any]]


def signed_in(user: User | None) -> Client:
    """In a browser of her own, the second factor given by who has one; a 500 is an answer, not an exception."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
        if device := TOTPDevice.objects.filter(user=user).first():
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
    return client


def read(user: User | None, page: str, action: str = "", **given: Any) -> Sent:
    """The form of `page` that goes to `action` (the page itself if none), with `given` over what stands in its fields."""
    answer = signed_in(user).get(page)
    assert answer.status_code == 200, f"{page} answered {answer.status_code}"
    [form] = [
        f
        for f in lxml.html.fromstring(answer.content.decode()).forms
        if f.method == "POST" and (f.action or page) == (action or page)
    ]
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data[name] = [*data[name], value] if name in data else [value]
    for field in form.inputs:
        if field.name and field.get("type") not in {"submit", "file"} and field.tag != "button":
            # Nothing stands in it: of boxes and circles the first is ticked.
            data.setdefault(field.name, [field.get("value") or ""])
    del data["csrfmiddlewaretoken"]
    data = {name: values[0] if len(values) == 1 else values for name, values in data.items()}
    unknown = set(given) - set(data)
    assert not unknown, f"{page} has no field {unknown}: {sorted(data)}"
    return user, action or page, {**data, **given}


def forms_of_pages(desk: SimpleNamespace) -> Iterator[Sent]:
    yield from _of_accounts(desk)
    yield from _of_organizations(desk)
    yield from _of_the_register(desk)
    yield from _of_setting_up(desk)


def _of_accounts(desk: SimpleNamespace) -> Iterator[Sent]:
    def to(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    person, forgetful, held = a_user(), a_user(), a_user(second_factor_at=now())
    TOTPDevice.objects.create(user=held, name="app")
    again = {"new": "another-long-password-8", "again": "another-long-password-8"}
    token = (urlsafe_base64_encode(force_bytes(forgetful.pk)), default_token_generator.make_token(forgetful))
    invited = AccountLink.objects.create(user=a_user(Role.CLERK), reason=AccountLink.Reason.INVITATION)
    yield read(None, to("forgotten"), wanted="无此人")
    yield read(None, to("reset_password", *token), **again)
    yield read(None, to("use_link", invited.code), **again, consent="on")
    yield read(person, to("account"), name="新名", phone="13800138000")
    yield read(person, to("change_password"), old=PASSWORD, **again)
    yield read(a_user(), to("factor_set_up"), code="123456")
    for name in ("factor_codes", "factor_remove"):
        yield read(held, to(name), code="123456")
    yield read(a_user(second_factor_at=now()), to("factor_verify"), code="123456")
    yield read(desk.admin, to("desk_people_invite"), username="新的人员", name="新人", role="clerk", unit="民政局")
    page = to("desk_person", desk.other_clerk.pk)
    yield read(desk.admin, page, to("desk_person_role", desk.other_clerk.pk))
    yield read(desk.admin, page, to("desk_person_deactivate", desk.other_clerk.pk), **{"deactivate-reason": "调离"})
    page = to("desk_person", held.pk)
    yield read(desk.admin, page, to("desk_person_factor", held.pk), **{"reset-reason": "手机遗失"})
    asked = AccountRequest.objects.create(
        deed="role", role="finance", person=desk.other_clerk, **stamp(desk.supervisor)
    )
    deny = to("desk_account_request_deny", asked.pk)
    yield read(desk.admin, to("desk_account_requests"), deny, **{f"deny{asked.pk}-reason": "岗位不符"})
    arrangement = {"days_off": "10月1日至7日", "make_up": "9月26日", "source": "国办发明电〔2099〕7号"}
    for step in ("preview", "enter"):
        yield desk.manager, to("desk_calendar_enter", today().year + 1), arrangement | {"step": step, "version": "0"}


def _of_organizations(desk: SimpleNamespace) -> Iterator[Sent]:
    """The applicant's side of the register."""
    applicant, row = desk.applicant, desk.organization

    def to(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    host = an_organization(members=[a_user()])
    about = {
        "name": "夕阳红志愿服务队",
        "host_code": host.credit_code,
        "record_number": "平民社备〔2020〕12号",
        "legal_representative": "队长",
        "phone": "13800138000",
    }
    yield read(applicant, to("apply_group_new"), place=row.place_id, management="territorial", **about)
    party = {
        "applicant_kind": str(applicant_kinds()["party"].pk),
        "name": "清溪村党委",
        "record_number": "林委〔2019〕12号",
    }
    yield read(applicant, to("apply_other_new"), place=row.place_id, **party)
    group = an_organization(members=[applicant], credit_code="", host=host, hosting=Organization.Hosting.DECLINED)
    yield read(
        applicant, to("apply_organization", group.pk), to("apply_host_ask", group.pk), host_code=host.credit_code
    )
    asking = an_organization(members=[a_user()], credit_code="", host=row, hosting=Organization.Hosting.ASKED)
    yield read(applicant, to("apply_host_decline", asking.pk), note="并非本会下属")
    people = to("apply_people", row.pk)
    yield read(applicant, people, to("apply_people_invite", row.pk), email="a@example.org")
    colleague = row.memberships.create(user=a_user(), part="reader")
    yield applicant, to("apply_membership_part", colleague.pk), {"part": "editor"}
    invitation = an_invitation(host)
    yield read(applicant, to("apply_join_code"), code=invitation.code)
    year = today().year - 1
    inspection = AnnualInspection.objects.create(organization=row, year=year - 1, conclusion="passed")
    rating = Rating.objects.create(
        organization=row, grade=3, awarded_on=date(year, 1, 1), valid_until=date(year + 5, 1, 1)
    )
    yield read(
        applicant, to("apply_inspections_add", row.pk), year=str(year), conclusion="passed", document="年检〔1〕号"
    )
    yield read(applicant, to("apply_inspections", inspection.pk), document="年检〔2〕号")
    days = {"awarded_on": f"{year}-03-01", "valid_until": f"{year + 5}-02-28"}
    yield read(applicant, to("apply_ratings_add", row.pk), grade="4", document="评估〔1〕号", **days)
    yield read(applicant, to("apply_ratings", rating.pk), document="评估〔2〕号")
    grant = EarlierGrant.objects.create(organization=row, level="city", year=year - 1, programme="公益创投")
    given = {"level": "province", "year": str(year), "programme": "福彩公益金项目", "document": "省〔1〕号"}
    yield read(applicant, to("apply_grants_add", row.pk), **given)
    yield read(applicant, to("apply_grants", grant.pk), document="市〔2〕号")
    earlier = planted(desk, State.CLOSED)
    draft = planted(desk, State.DRAFT, narrative=False, budget=False)
    yield read(applicant, to("apply_copy", draft.pk), source=str(earlier.pk))


def _of_the_register(desk: SimpleNamespace) -> Iterator[Sent]:
    """The desk's side of it."""
    clerk, row, day = desk.clerk, an_organization(members=[a_user()]), today()

    def to(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    page = to("desk_organization", row.pk)
    yield read(clerk, to("desk_organization_edit", row.pk), introduction="服务新居民")
    yield read(clerk, page, to("desk_organization_reject", row.pk), note="证书已过期")
    alone = an_organization()
    note = "负责人持登记证书到场"
    yield read(clerk, to("desk_organization", alone.pk), to("desk_owner_invite", alone.pk), note=note)
    earlier, later = str(day - timedelta(400)), str(day + timedelta(400))
    yield read(clerk, to("desk_incubation_add", row.pk), platform=str(a_platform().pk), entered_on=earlier)
    stay = Incubation.objects.create(organization=alone, platform=a_platform(), entered_on=day - timedelta(400))
    yield read(clerk, to("desk_incubation_graduate", stay.pk), graduated_on=str(day))
    import_ = checked(a_workbook(("平湖市某某协会", a_credit_code(888_888), "属地", "林埭镇")), clerk)
    yield clerk, to("desk_organization_import_store", import_.pk), {"sha256": import_.file.sha256}
    records: dict[Any, dict[str, Any]] = {
        AnnualInspection: {"year": str(day.year - 1), "conclusion": "passed", "document": "年检〔1〕号"},
        Rating: {"grade": "4", "awarded_on": earlier, "valid_until": later, "document": "评估〔1〕号"},
        CreditListing: {"kind": "abnormal", "ground": "未按期年报", "listed_on": earlier, "document": "名录〔1〕号"},
        Ban: {
            "reason": "项目终止",
            "source": "平湖市民政局",
            "from_on": earlier,
            "until_on": later,
            "document": "禁〔1〕号",
        },
        Penalty: {
            "authority": "平湖市民政局",
            "ground": "未按规定使用捐赠",
            "decided_on": earlier,
            "document": "罚〔1〕号",
        },
        EarlierGrant: {
            "level": "province",
            "year": str(day.year - 2),
            "programme": "福彩公益金项目",
            "document": "省〔1〕号",
        },
        PartyMark: {"kind": "rating", "done_on": earlier, "document": "党建〔1〕号"},
    }
    for kind, given in records.items():
        yield read(clerk, to(f"desk_{kind.slug}_add", row.pk), **given)
        kept = kind.objects.create(organization=alone, **given)
        page = to(f"desk_{kind.slug}", kept.pk)
        yield read(clerk, page, document="更正")
        yield read(clerk, page, to(f"desk_{kind.slug}_strike", kept.pk), note="录入有误")


def _of_setting_up(desk: SimpleNamespace) -> Iterator[Sent]:
    """A round in preparation with something in every table, its questions, and an open one that is amended."""
    manager = desk.manager

    def to(name: str, *args: Any) -> str:
        return reverse(name, args=args)

    yield read(manager, to("desk_series_new"), name="绿色创投", code="LS")
    yield read(manager, to("desk_round_new"))
    yield read(manager, to("desk_round_copy", desk.round.pk))
    yield read(manager, to("desk_round_template_new", "zibo-2020"))
    yield read(manager, to("desk_round_template_save", desk.round.pk), name="本局模板")
    round_ = a_round(RoundState.PREPARING, platform=desk.platform)
    asked = a_full_form(round_)
    for card in PAGES:
        yield read(manager, to("desk_round_card", round_.pk, card))
    yield read(manager, to("desk_round_question_new", round_.pk), label="是否有场地", kind="yes_no")
    for question in asked.values():
        yield read(manager, to("desk_round_question", round_.pk, question.pk))
    later = str(desk.round.closes_at.date() + timedelta(10))
    look = read(manager, to("desk_round_amend", desk.round.pk), text="延长申报期", closes_on=later)
    yield look
    yield manager, look[1], look[2] | {"publish": "1"}
    organization = an_organization()
    yield read(desk.clerk, to("desk_enter", organization.pk), title="纸质申报的项目")
