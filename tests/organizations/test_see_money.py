"""Bank account and money of an organization: everybody of it but its readers."""

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from organizations.models import Membership, Part
from tests.factories import a_user, an_applicant
from tests.funding.steps import NOW, make_world, signed

pytestmark = pytest.mark.django_db
ACCOUNT = "12345678901234567890"


def with_part(organization, part):
    user = a_user()
    Membership.objects.create(user=user, organization=organization, part=part)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(("part", "seen"), [(p, p != Part.READER) for p in Part])
def test_who_only_reads_sees_the_last_digits_of_the_account(part, seen):
    __, organization = an_applicant()
    page = with_part(organization, part).get(reverse("apply_organization", args=[organization.pk])).content.decode()
    assert (ACCOUNT in page) == seen
    assert seen or "**** 7890" in page


def test_who_only_reads_changes_no_account_by_a_forged_form():
    __, organization = an_applicant()
    reader, url = with_part(organization, Part.READER), reverse("apply_organization", args=[organization.pk])
    given = {
        "name": organization.name, "credit_code": organization.credit_code, "management": "territorial", "party_form": "none",
        "service": "social_work", "place": organization.place_id, "version": 1, "bank_account": "99999999999",
    }  # fmt: skip
    assert reader.post(url, given).status_code == 403
    organization.refresh_from_db()
    assert organization.bank_account == ACCOUNT


@pytest.mark.parametrize(("part", "seen"), [(p, p != Part.READER) for p in Part])
def test_who_only_reads_has_no_money_tab(part, seen):
    with clock.at(NOW):
        venture = signed(make_world())
        page = with_part(venture.organization, part).get(reverse("apply_venture", args=[venture.pk]))
    assert page.status_code == 200
    assert ('id="tab-money"' in page.content.decode()) == seen
