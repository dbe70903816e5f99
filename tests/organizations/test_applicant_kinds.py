"""Who may take part beside social organizations, and by what each is known: never by a person's ID number."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Invalid
from organizations import actions
from organizations.models import ApplicantKind, Organization
from organizations.queries import standing
from tests.factories import a_place, a_user, an_organization, applicant_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def entry(kind: str, **facts: Any) -> dict[str, Any]:
    return {"applicant_kind": applicant_kinds()[kind], "name": "演示主体", "place": a_place(), **facts}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("kind", "facts", "field", "said"),
    [
        ("party", {}, "record_number", "the document that approved it"),
        ("party", {"record_number": "第号"}, "record_number", "too short, or has no digit"),
        ("party", {"record_number": "33048219700101001X"}, "record_number", "ID numbers are not kept here"),
        ("person", {}, "phone", "known by name and phone"),
        ("person", {"phone": "13800138000", "record_number": "平组〔2020〕1号"}, "record_number", "no number is kept but the phone"),
        ("party", {"record_number": "平组〔2020〕1号", "credit_code": "51330482MJA000016T"}, "", "what the code or the host says"),
    ],
)  # fmt: skip
def test_what_identifies_it_is_checked(kind: str, facts: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        actions.register(by=a_user(), **entry(kind, **facts))
    assert list(refused.value.fields) == [field]
    assert not Organization.objects.exists()


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("kind", "facts", "evidence"),
    [
        ("party", {"record_number": "平组〔2020〕 1号"}, "党组织: 平组[2020]1号"),
        ("person", {"phone": "13800138000"}, "个人: 演示主体 *******8000"),
    ],
)
def test_who_has_no_code_is_registered_with_the_number_of_its_kind(
    kind: str, facts: dict[str, Any], evidence: str
) -> None:
    known = standing(actions.register(by=a_user(), **entry(kind, **facts))).kind
    assert (known.value, known.evidence.replace("〔", "[").replace("〕", "]")) == (kind, evidence)


@pytest.mark.usefixtures("in_english")
def test_a_number_is_registered_once() -> None:
    actions.register(by=a_user(), **entry("party", record_number="平组〔2020〕1号"))
    with pytest.raises(Invalid, match="registered already") as refused:
        actions.register(by=a_user(), **entry("party", name="另一个", record_number="平组〔2020〕 1号"))
    assert list(refused.value.fields) == ["record_number"]


def test_a_party_organization_registers_and_edits_on_its_pages(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    page = reverse("apply_other_new")
    assert "党组织" in client.get(page).content.decode()
    kinds = applicant_kinds()
    data = {"applicant_kind": kinds["party"].pk, "name": "林埭镇清溪村党委", "place": a_place().pk, "party_form": "own"}
    told = client.post(page, data)
    assert told.status_code == 422 and "请填写批准成立的文号" in told.content.decode()
    assert client.post(page, data | {"record_number": "林委〔2019〕12号"}).status_code == 302
    row = Organization.objects.get()
    assert (str(ApplicantKind.objects.of(row)), row.management, row.acting_code) == ("党组织", "", "")
    changed = data | {"record_number": "林委〔2020〕3号", "version": row.version}
    assert client.post(reverse("apply_organization", args=[row.pk]), changed).status_code == 302
    row.refresh_from_db()
    assert row.record_number == "林委〔2020〕3号"
    company = client.post(page, data | {"applicant_kind": kinds["company"].pk, "record_number": "1234"})
    assert company.status_code == 422  # it has a code


def test_the_database_keeps_nobody_without_code_host_or_kind() -> None:
    row = an_organization()
    for change in ({"credit_code": ""}, {"applicant_kind": applicant_kinds()["party"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.filter(pk=row.pk).update(**change)
