"""The pages of the register: an applicant's and the desk's."""

import pytest
from django.urls import reverse

from accounts.models import Notification, Role
from common.work import outbox
from organizations import actions
from organizations.models import AnnualInspection, ApplicantKind, Ban, Incubation, Organization, Rating
from tests.factories import a_credit_code, a_place, a_platform, a_user, an_applicant, an_organization, applicant_kinds
from tests.organizations.sheets import a_workbook, checked, stored

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def entry(**changes):
    return {
        "name": "演示·邻里互助社", "credit_code": a_credit_code(700_001), "management": "territorial",
        "service": "social_work", "place": a_place().pk, "party_form": "none", **changes,
    }  # fmt: skip


def of(organization, **changes):
    """What the form of this organization would send."""
    return entry(name=organization.name, credit_code=organization.credit_code, version=organization.version, **changes)


@pytest.fixture
def clerk(client):
    user = a_user(Role.CLERK)
    client.force_login(user)
    return user


# --- The applicant ----------------------------------------------------------------------------------------------------


def test_a_company_code_is_taken_and_the_doubt_is_told(client):
    client.force_login(a_user())
    answer = client.post(reverse("apply_organization_new"), entry(credit_code="91110108551385082Q"), follow=True)
    assert "以 91 开头" in answer.content.decode()
    applicant_kinds()
    assert str(ApplicantKind.objects.of(Organization.objects.get())) == "企业"


def test_a_group_registers_through_a_host_whose_owner_agrees_on_her_page(client):
    owner, host = an_applicant()
    user = a_user()
    client.force_login(user)
    data = entry(host_code=host.credit_code.lower(), record_number="平民社备〔2020〕12号")
    del data["credit_code"]
    assert client.post(reverse("apply_group_new"), data).status_code == 302
    group = Organization.objects.get(name=data["name"])
    assert client.post(reverse("apply_host_agree", args=[group.pk])).status_code == 404
    client.force_login(owner)
    assert group.name in client.get(reverse("apply_organization", args=[host.pk])).content.decode()
    assert client.post(reverse("apply_host_agree", args=[group.pk])).status_code == 302
    group.refresh_from_db()
    assert group.hosting == "agreed"


def test_an_unknown_host_is_told_at_its_field_and_nothing_typed_is_lost(client):
    client.force_login(a_user())
    data = entry(host_code="51330482MJA999999X", record_number="平民社备〔2020〕12号")
    del data["credit_code"]
    answer = client.post(reverse("apply_group_new"), data)
    body = answer.content.decode()
    assert answer.status_code == 422 and "没有代码为 51330482MJA999999X" in body and data["name"] in body


def test_an_editor_of_the_host_may_not_answer_for_it(client):
    owner, host = an_applicant()
    __, group = an_applicant()
    Organization.objects.filter(pk=group.pk).update(credit_code="", host=host, hosting="asked")
    editor = a_user()
    host.memberships.create(user=editor, part="editor")
    client.force_login(editor)
    assert client.post(reverse("apply_host_agree", args=[group.pk])).status_code == 403


def test_the_second_editor_gets_409_with_both_texts_and_may_save_over(client):
    user, organization = an_applicant()
    client.force_login(user)
    url = reverse("apply_organization", args=[organization.pk])
    assert client.post(url, of(organization, address="甲路1号")).status_code == 302
    late = client.post(url, of(organization, address="乙路2号"))
    body = late.content.decode()
    assert late.status_code == 409 and "甲路1号" in body and "乙路2号" in body and user.name in body
    assert 'name="version" value="2"' in body
    again = client.post(url, {**of(organization, address="乙路2号"), "version": 2})
    assert again.status_code == 302
    organization.refresh_from_db()
    assert organization.address == "乙路2号"


def test_what_an_applicant_declares_waits_for_a_clerk(client):
    user, organization = an_applicant()
    client.force_login(user)
    add = reverse("apply_ratings_add", args=[organization.pk])
    bad = client.post(add, {"grade": 3, "awarded_on": "2019-01-01", "valid_until": "2018-01-01"})
    assert bad.status_code == 422 and "有效期不能早于" in bad.content.decode()
    assert client.post(add, {"grade": 3, "awarded_on": "2019-01-01", "valid_until": "2023-12-31"}).status_code == 302
    row = Rating.objects.get()
    assert not row.is_checked
    again = {"grade": 4, "awarded_on": "2019-01-01", "valid_until": "2023-12-31"}
    assert client.post(reverse("apply_ratings", args=[row.pk]), again).status_code == 302
    row.refresh_from_db()
    assert row.grade == 4
    actions.check(row, by=a_user(Role.CLERK))
    assert client.post(reverse("apply_ratings", args=[row.pk]), again).status_code == 409


def test_another_ones_record_does_not_exist_for_an_applicant(client):
    row = AnnualInspection.objects.create(organization=an_organization(), year=2019, conclusion="passed")
    client.force_login(an_applicant()[0])
    assert client.get(reverse("apply_inspections", args=[row.pk])).status_code == 404


def test_a_host_declines_with_a_reason_that_the_group_is_told(client):
    member, host = an_applicant()
    group = an_organization(members=[a_user()], credit_code="", host=host, hosting=Organization.Hosting.ASKED)
    client.force_login(member)
    url = reverse("apply_host_decline", args=[group.pk])
    assert group.name in client.get(url).content.decode()
    long = client.post(url, {"note": "长" * 501})
    assert long.status_code == 422 and "长" * 501 in long.content.decode()
    group.refresh_from_db()
    assert group.hosting == Organization.Hosting.ASKED
    assert client.post(url, {"note": "并非本会下属"}).status_code == 302
    group.refresh_from_db()
    assert group.hosting == Organization.Hosting.DECLINED
    outbox.drain()
    reader = a_user()
    host.memberships.create(user=reader, part="reader")
    client.force_login(reader)
    assert client.get(url).status_code == client.post(url).status_code == 403
    assert Notification.objects.filter(user=group.memberships.get().user, text__contains="并非本会下属").exists()


# --- The desk ---------------------------------------------------------------------------------------------------------


def test_a_clerk_verifies_what_she_has_seen(client, clerk):
    __, organization = an_applicant()
    url = reverse("desk_organization_verify", args=[organization.pk])
    seen = {"version": organization.version, "verification": "unverified"}
    assert client.post(url, {**seen, "version": 7}).status_code == 409
    assert client.post(url, seen).status_code == 302
    second = client.post(url, seen)
    assert second.status_code == 409 and clerk.name in second.content.decode()
    organization.refresh_from_db()
    assert organization.is_verified


def test_a_refusal_without_words_comes_back_with_the_page(client, clerk):
    __, organization = an_applicant()
    url = reverse("desk_organization_reject", args=[organization.pk])
    seen = {"version": organization.version, "verification": "unverified"}
    assert client.post(url, seen).status_code == 422
    assert client.post(url, {**seen, "note": "名称与证书不符"}).status_code == 302
    assert "名称与证书不符" in client.get(reverse("desk_organization", args=[organization.pk])).content.decode()


def test_who_refuses_what_a_colleague_has_verified_meanwhile_is_told_by_whom(client, clerk):
    __, organization = an_applicant()
    seen = {"version": organization.version, "verification": "unverified"}
    colleague = a_user(Role.CLERK, name="复核员")
    actions.verify(organization, by=colleague)
    url = reverse("desk_organization_reject", args=[organization.pk])
    answer = client.post(url, {**seen, "note": "名称与证书不符"})
    body = answer.content.decode()
    assert answer.status_code == 409 and 'role="alert"' in body and "复核员" in body
    organization.refresh_from_db()
    assert organization.is_verified


def test_a_clerk_corrects_an_entry_and_it_falls_back(client, clerk):
    __, organization = an_applicant()
    actions.verify(organization, by=clerk)
    url = reverse("desk_organization_edit", args=[organization.pk])
    assert client.post(url, of(organization, bank_name="另一家银行", bank_account="88888888")).status_code == 302
    organization.refresh_from_db()
    assert organization.bank_account == "88888888" and not organization.is_verified


def test_a_clerk_enters_corrects_and_strikes_out_a_ban(client, clerk):
    organization = an_organization()
    data = {"reason": "项目终止", "from_on": "2020-01-01", "until_on": "2022-12-31"}
    assert client.post(reverse("desk_bans_add", args=[organization.pk]), data).status_code == 302
    ban = Ban.objects.get()
    assert client.post(reverse("desk_bans", args=[ban.pk]), {**data, "until_on": "2021-12-31"}).status_code == 302
    assert client.post(reverse("desk_bans_strike", args=[ban.pk])).status_code == 422
    assert client.post(reverse("desk_bans_strike", args=[ban.pk]), {"note": "录错"}).status_code == 302
    body = client.get(reverse("desk_organization", args=[organization.pk])).content.decode()
    assert "已作废" in body and "录错" in body


def test_a_clerk_takes_an_organization_into_a_platform_and_out_of_it(client, clerk):
    organization, platform = an_organization(), a_platform()
    add = reverse("desk_incubation_add", args=[organization.pk])
    assert client.post(add, {"platform": platform.pk, "entered_on": "2019-04-01"}).status_code == 302
    assert client.post(add, {"platform": platform.pk, "entered_on": "2019-05-01"}).status_code == 409
    graduate = reverse("desk_incubation_graduate", args=[Incubation.objects.get().pk])
    assert client.post(graduate, {"graduated_on": "2018-04-01"}).status_code == 422
    assert client.post(graduate, {"graduated_on": "2020-04-01"}).status_code == 302


def test_an_operator_reads_the_own_organizations_and_changes_nothing(client):
    operator, platform = a_user(Role.OPERATOR), a_platform()
    platform.operators.add(operator)
    own, other = an_organization(), an_organization()
    Incubation.objects.create(platform=platform, organization=own, entered_on="2019-01-01")
    row = AnnualInspection.objects.create(organization=own, year=2019, conclusion="passed")
    client.force_login(operator)
    body = client.get(reverse("desk_organization", args=[own.pk])).content.decode()
    assert own.name in body and reverse("desk_organization_edit", args=[own.pk]) not in body
    assert other.name not in body and client.get(reverse("desk_organization", args=[other.pk])).status_code == 404
    for name, pk in (
        ("desk_organization_edit", own.pk), ("desk_organization_verify", own.pk), ("desk_bans_add", own.pk),
        ("desk_inspections", row.pk), ("desk_inspections_strike", row.pk), ("desk_incubation_add", own.pk),
    ):  # fmt: skip
        assert client.post(reverse(name, args=[pk])).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("kind=51", "团体甲"), ("kind=52", "机构乙"), ("kind=group", "队伍丙"), ("kind=company", "公司丁"), ("kind=other", "单位戊"),
        ("verification=verified", "机构乙"), ("incubated=now", "团体甲"), ("incubated=graduated", "机构乙"),
        ("management=sector", "公司丁"), ("party_form=own", "团体甲"),
    ],
)  # fmt: skip
def test_the_list_is_filtered_by(client, clerk, wanted, found):
    applicant_kinds()
    names = {
        "团体甲": an_organization(name="团体甲", credit_code="51330482MJA000016T", party_form="own"),
        "机构乙": an_organization(name="机构乙", credit_code="52330482MJA000016P", verification="verified"),
        "公司丁": an_organization(name="公司丁", credit_code="91110108551385082Q", management="sector"),
        "单位戊": an_organization(name="单位戊", credit_code="12330482MJA000016U"),
    }
    an_organization(name="队伍丙", credit_code="", host=names["团体甲"], hosting="agreed")
    stay = {"platform": a_platform(), "entered_on": "2019-01-01"}
    Incubation.objects.create(organization=names["团体甲"], **stay)
    Incubation.objects.create(organization=names["机构乙"], graduated_on="2020-01-01", **stay)
    body = client.get(f"/desk/organizations/?{wanted}").content.decode()
    rows = body[body.index("<tbody>") :]
    assert [n for n in ("团体甲", "机构乙", "公司丁", "单位戊", "队伍丙") if n in rows] == [found]


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_and_the_page_cost_the_same_queries_for_one_and_for_three(client, clerk, django_assert_num_queries, n):
    rows = [an_applicant()[1] for __ in range(n)]
    for o in rows:
        for year in range(2015, 2015 + n):
            AnnualInspection.objects.create(organization=o, year=year, conclusion="passed")
            Ban.objects.create(organization=o, reason="x", from_on=f"{year}-01-01", until_on=f"{year}-02-01")
    client.get("/desk/organizations/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/desk/organizations/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(reverse("desk_organization", args=[rows[0].pk]))


LIST_QUERIES, PAGE_QUERIES = 8, 25  # of the page three write down that the account was shown, the first time


# --- Import -----------------------------------------------------------------------------------------------------------


def test_a_register_goes_in_by_the_pages(client, clerk, tmp_path):
    a_place()
    assert client.get(reverse("desk_organization_template")).content[:2] == b"PK"
    with (tmp_path / "社会组织名录.xlsx").open("w+b") as f:
        f.write(a_workbook(["名册组织", a_credit_code(700_002), "属地", "林埭镇"]))
        f.seek(0)
        answer = client.post(reverse("desk_organization_imports"), {"file": f})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "校验中" in page and "hx-get" in page


def test_the_preview_names_errors_and_has_no_button(client, clerk):
    import_ = checked(a_workbook(["<b>甲", a_credit_code(700_002), "属地", "无此镇"]), clerk)
    body = client.get(reverse("desk_organization_import", args=[import_.pk])).content.decode()
    assert "无此镇" in body and "第 2 行" in body and "所属镇街道" in body
    assert reverse("desk_organization_import_store", args=[import_.pk]) not in body and "<b>甲" not in body


def test_the_preview_of_a_good_file_is_stored_by_its_button_once(client, clerk):
    a_place()
    import_ = checked(a_workbook(["名册组织", a_credit_code(700_002), "属地", "林埭镇"]), clerk)
    url = reverse("desk_organization_import_store", args=[import_.pk])
    assert client.post(url, {"sha256": "x"}).status_code == 409
    stored(import_, clerk)
    assert client.post(url, {"sha256": import_.file.sha256}).status_code == 409
    assert "已于" in client.get(reverse("desk_organization_import", args=[import_.pk])).content.decode()


def test_a_file_of_another_kind_is_refused_at_the_field(client, clerk, tmp_path):
    with (tmp_path / "名册.pdf").open("w+b") as f:
        f.write(b"%PDF-1.4")
        f.seek(0)
        answer = client.post(reverse("desk_organization_imports"), {"file": f})
    assert answer.status_code == 422 and "名册.pdf" in answer.content.decode()
