"""The entry of an organization: code or host, two editors, verification, the rule of 三元管理."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.models import JournalEntry, OutboxMessage
from organizations import actions
from organizations.codes import doubts
from organizations.errors import ChangedMeanwhile
from organizations.models import ApplicantKind, Organization, suggested_management
from tests.factories import a_place, a_user, an_applicant, an_organization, applicant_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ASKED, AGREED = Organization.Hosting.ASKED, Organization.Hosting.AGREED


def a_group(host: Organization, **fields):
    user = a_user()
    given = {"name": "邻里护河队", "management": "territorial", "place": a_place(), **fields}
    return user, actions.register_group(by=user, host_code=host.credit_code, **given)


def told(user) -> list[str]:
    messages = OutboxMessage.objects.filter(kind="notify", payload__user=user.pk).order_by("pk")
    return [m.payload["text"] for m in messages]


# --- Codes and kinds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"credit_code": "51330482MJA000016T"}, "51"), ({"credit_code": "52330482MJA000016P"}, "52"),
        ({"credit_code": "53330482MJA000016L"}, "53"), ({"credit_code": "91110108551385082Q"}, "company"),
        ({"credit_code": "12330482MJA000016U"}, None),
    ],
)  # fmt: skip
def test_the_kind_follows_from_the_code(db, facts, kind):
    applicant_kinds()
    found = ApplicantKind.objects.of(Organization(**facts))
    assert (found and found.code) == kind


def test_another_prefix_and_a_wrong_own_check_are_told_and_not_refused():
    assert any("91" in sentence for sentence in doubts("91110108551385082Q"))
    assert any("GB 11714" in sentence for sentence in doubts("51330482MJA000017R"))
    assert doubts("52330482MJD000046D") == []


@pytest.mark.parametrize(
    ("field", "body", "management"),
    [
        ("education", "平湖市教育局", "territorial"), ("elderly", "", "territorial"), ("community", "", "territorial"),
        ("trade", "平湖市经信局", "sector"), ("trade", "", "fallback"), ("other", "平湖市民政局", "fallback"),
    ],
)  # fmt: skip
def test_the_management_model_is_proposed_by_the_rule(field, body, management):
    assert suggested_management(field, body) == management


# --- Groups and hosts -------------------------------------------------------------------------------------------------


def test_a_group_has_no_code_and_waits_for_the_owner_of_its_host():
    owner, host = an_applicant()
    user, group = a_group(host)
    kind = applicant_kinds()["group"]
    assert (group.credit_code, group.host, group.hosting) == ("", host, ASKED)
    assert ApplicantKind.objects.of(group) == kind
    assert group.acting_code == host.credit_code == host.acting_code
    assert any(group.name in text for text in told(owner))
    actions.agree_to_host(group, by=owner)
    assert Organization.objects.get(pk=group.pk).hosting == AGREED
    assert told(user)


def test_only_an_owner_of_the_host_answers_and_once():
    owner, host = an_applicant()
    user, group = a_group(host)
    reader = a_user()
    host.memberships.create(user=reader, part="reader")
    for other in (user, reader, a_user(Role.CLERK), an_applicant()[0]):
        with pytest.raises(NotAllowed):
            actions.agree_to_host(group, by=other)
    actions.decline_to_host(group, by=owner, note="不认识")
    with pytest.raises(Conflict):
        actions.decline_to_host(group, by=owner)


def test_a_group_that_was_declined_asks_another_host():
    owner, host = an_applicant()
    user, group = a_group(host)
    actions.decline_to_host(group, by=owner)
    __, other = an_applicant()
    group = actions.ask_host(group, by=user, host_code=f" {other.credit_code.lower()} ")
    assert (group.host, group.hosting) == (other, ASKED)
    with pytest.raises(Invalid) as refused:
        actions.ask_host(group, by=user, host_code=other.credit_code)
    assert list(refused.value.fields) == ["host_code"]


def test_a_host_is_registered_and_no_group_itself():
    __, host = an_applicant()
    __, group = a_group(host)
    for code in ("51330482MJA999999X", group.credit_code):
        with pytest.raises(Invalid) as refused:
            actions.register_group(
                by=a_user(), host_code=code, name="另一个", management="territorial", place=a_place()
            )
        assert list(refused.value.fields) == ["host_code"]


def test_the_database_knows_that_an_organization_has_a_code_or_a_host_that_has_one():
    __, host = an_applicant()
    __, group = a_group(host)
    rows = Organization.objects
    for pk, changes in (
        (group.pk, {"credit_code": "51330482MJA000016T"}),  # both
        (group.pk, {"host": None}),  # neither
        (an_organization().pk, {"credit_code": "", "host": group}),  # hosted by a group
        (host.pk, {"credit_code": "", "host": an_organization()}),  # a host that loses its code
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(pk=pk).update(**changes)


def test_two_groups_without_a_code_stand_side_by_side():
    __, host = an_applicant()
    a_group(host)
    a_group(host, name="另一支队伍")
    assert Organization.objects.filter(credit_code="").count() == 2


# --- Two editors ------------------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_shown_what_the_first_has_stored():
    user, organization = an_applicant()
    first = Organization.objects.get(pk=organization.pk)
    second = Organization.objects.get(pk=organization.pk)
    actions.edit(first, by=user, address="甲路1号")
    with pytest.raises(ChangedMeanwhile) as late:
        actions.edit(second, by=user, address="乙路2号", phone="13800138000")
    assert late.value.stored["address"] == "甲路1号" and user.name in str(late.value)
    assert Organization.objects.get(pk=organization.pk).address == "甲路1号"


def test_who_saves_over_the_version_that_was_shown_replaces_it():
    user, organization = an_applicant()
    version = actions.edit(organization, by=user, address="甲路1号").version
    actions.edit(Organization.objects.get(pk=organization.pk), by=user, version=version, address="乙路2号")
    assert Organization.objects.get(pk=organization.pk).address == "乙路2号"


# --- Verification -----------------------------------------------------------------------------------------------------


@pytest.fixture
def clerk():
    return a_user(Role.CLERK)


def test_a_clerk_verifies_and_the_owner_is_told(clerk):
    user, organization = an_applicant()
    row = actions.verify(organization, by=clerk)
    assert row.is_verified and row.verified_by == clerk.name and row.verified_at
    assert told(user)
    assert JournalEntry.objects.of(row).last().verb == "verify_organization"


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.CLERK, Role.MANAGER}])
def test_nobody_else_verifies(role):
    __, organization = an_applicant()
    with pytest.raises(NotAllowed):
        actions.verify(organization, by=a_user(role))
    with pytest.raises(NotAllowed):
        actions.reject(organization, by=a_user(role), note="不符")


@pytest.mark.parametrize("change", [{"name": "新名称"}, {"bank_account": "99999999"}, {"bank_name": "另一家银行"}])
def test_a_changed_name_or_account_has_to_be_verified_again(clerk, change):
    user, organization = an_applicant()
    actions.verify(organization, by=clerk)
    row = actions.edit(Organization.objects.get(pk=organization.pk), by=user, **change)
    assert not row.is_verified


def test_a_changed_address_leaves_it_verified(clerk):
    user, organization = an_applicant()
    actions.verify(organization, by=clerk)
    assert actions.edit(Organization.objects.get(pk=organization.pk), by=user, address="新址").is_verified


def test_a_refusal_needs_words_and_a_correction_brings_it_back(clerk):
    user, organization = an_applicant()
    with pytest.raises(Invalid):
        actions.reject(organization, by=clerk, note=" ")
    row = actions.reject(organization, by=clerk, note="名称与证书不符")
    assert row.verification == "rejected"
    assert actions.edit(row, by=user, address="新址").verification == "unverified"


def test_what_was_changed_after_it_was_opened_is_not_verified(clerk):
    user, organization = an_applicant()
    opened = Organization.objects.get(pk=organization.pk)
    actions.edit(organization, by=user, bank_account="99999999")
    with pytest.raises(Stale):
        actions.verify(opened, by=clerk)


def test_a_group_is_verified_only_after_its_host_has_agreed(clerk):
    owner, host = an_applicant()
    __, group = a_group(host)
    with pytest.raises(Conflict):
        actions.verify(group, by=clerk)
    group = actions.agree_to_host(group, by=owner)
    assert actions.verify(group, by=clerk).is_verified
    assert not actions.decline_to_host(group, by=owner, note="不再承接").is_verified


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.CLERK, Role.MANAGER}])
def test_only_its_own_editors_and_clerks_change_an_entry(role, clerk):
    user, organization = an_applicant()
    with pytest.raises(NotAllowed):
        actions.edit(organization, by=a_user(role), address="新址")
    actions.edit(organization, by=user, address="新址")
    assert actions.edit(organization, by=clerk, address="又一处").address == "又一处"
