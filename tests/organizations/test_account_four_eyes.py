"""Four eyes on where the money goes: who changes an account does not verify it, and whose eyes saw it whole is on record."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessEntry, Kind, Role
from common.errors import NotAllowed
from organizations import actions
from organizations.models import Organization
from tests.factories import a_place, a_user, an_applicant
from tests.organizations.sheets import HEADINGS, a_workbook, checked, stored
from tests.web.desk_world import body, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
ACCOUNT = "12345678901234567890"


@pytest.fixture
def clerk():
    return a_user(Role.CLERK)


@pytest.fixture
def changed(clerk):
    """An organization whose account the clerk has changed."""
    return actions.edit(an_applicant()[1], by=clerk, bank_account="99999999")


def test_who_changed_the_account_does_not_verify_it(clerk, changed):
    with pytest.raises(NotAllowed, match="变更账户信息的人员不得核验，须由其他工作人员或审批负责人核验"):
        actions.verify(changed, by=clerk)
    page = signed_in(clerk).get(reverse("desk_organization", args=[changed.pk]))
    assert reverse("desk_organization_verify", args=[changed.pk]) not in body(page)
    assert "须由其他工作人员或审批负责人核验" in body(page)
    assert actions.verify(changed, by=a_user(Role.MANAGER)).is_verified


def test_what_is_no_account_may_be_corrected_and_verified_by_one(clerk):
    row = actions.edit(an_applicant()[1], by=clerk, address="新址")
    assert actions.verify(row, by=clerk).is_verified


def test_a_later_change_of_something_else_does_not_wash_it_off(clerk, changed):
    row = actions.edit(changed, by=a_user(Role.CLERK), address="新址")
    with pytest.raises(NotAllowed):
        actions.verify(row, by=clerk)


def test_the_database_keeps_two_people_apart(clerk, changed):
    rows = Organization.objects.filter(pk=changed.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(verification="verified", verified_by_id=clerk.pk)
    rows.update(verification="verified", verified_by_id=a_user(Role.CLERK).pk)


@pytest.mark.parametrize("is_known", [True, False])
def test_who_imports_an_account_does_not_verify_it(clerk, is_known):
    known = an_applicant()[1] if is_known else None
    code, name = (known.credit_code, known.name) if known else ("51330482MJA000016T", "导入的社会组织")
    row = [name, code, "属地", "林埭镇", "新银行", "6200000000000001"]
    if not known:
        a_place()
    stored(checked(a_workbook(row, headings=[*HEADINGS, "开户行", "账号"]), clerk), clerk)
    found = Organization.objects.get(credit_code=code)
    assert found.bank_account == "6200000000000001"
    with pytest.raises(NotAllowed):
        actions.verify(found, by=clerk)
    assert actions.verify(found, by=a_user(Role.CLERK)).is_verified


# --- Shown whole ------------------------------------------------------------------------------------------------------


def shown():
    return [(e.by_id, e.times, e.what) for e in AccessEntry.objects.filter(kind=Kind.ACCOUNT_SHOWN).order_by("pk")]


def test_the_office_that_is_shown_a_whole_account_stands_in_the_access_log_once_an_hour(clerk):
    __, organization = an_applicant()
    for __ in range(3):
        assert ACCOUNT in body(signed_in(clerk).get(reverse("desk_organization", args=[organization.pk])))
    ((by, times, what),) = shown()
    assert (by, times) == (clerk.pk, 3) and organization.name in what and ACCOUNT not in what


def test_each_way_to_a_whole_account_is_logged(clerk):
    __, organization = an_applicant()
    edit = reverse("desk_organization_edit", args=[organization.pk])
    assert ACCOUNT in body(signed_in(clerk).get(edit))
    assert len(shown()) == 1


@pytest.mark.parametrize("role", [Role.FINANCE, Role.SUPERVISOR, Role.ADMIN])
def test_who_does_not_verify_sees_the_last_digits_and_nothing_is_logged(role):
    __, organization = an_applicant()
    page = body(signed_in(a_user(role)).get(reverse("desk_organization", args=[organization.pk])))
    assert ACCOUNT not in page and ACCOUNT[-4:] in page
    assert not shown()


def test_a_verified_account_is_masked_for_who_verified_it(clerk):
    row = actions.verify(an_applicant()[1], by=clerk)
    assert ACCOUNT not in body(signed_in(clerk).get(reverse("desk_organization", args=[row.pk])))


def test_people_of_the_organization_read_their_own_without_a_line():
    owner, organization = an_applicant()
    assert ACCOUNT in body(signed_in(owner).get(reverse("apply_organization", args=[organization.pk])))
    assert not shown()


def test_the_preview_of_an_import_shows_the_last_digits(clerk):
    __, organization = an_applicant()
    row = [organization.name, organization.credit_code, "属地", "林埭镇", "6200000000000001"]
    import_ = checked(a_workbook(row, headings=[*HEADINGS, "账号"]), clerk)
    told = body(signed_in(clerk).get(reverse("desk_organization_import", args=[import_.pk]))) + str(import_.findings)
    assert ACCOUNT not in told and "6200000000000001" not in told
    assert ACCOUNT[-4:] in told and "0001" in told
