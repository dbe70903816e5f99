"""What a part in an organization does not allow is refused before anything that was sent is read."""

import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import AnnualInspection, Membership, Organization, Part
from tests.factories import a_user, a_venture, an_applicant
from ventures.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization() -> Organization:
    return an_applicant()[1]


def with_part(organization: Organization, part: str) -> Client:
    client, user = Client(), a_user()
    Membership.objects.create(user=user, organization=organization, part=part)
    client.force_login(user)
    return client


@pytest.mark.parametrize("part", [Part.FINANCE, Part.READER])
def test_who_may_not_edit_the_organization_gets_no_form_of_it_and_sends_none(
    organization: Organization, part: str
) -> None:
    client = with_part(organization, part)
    record = AnnualInspection.objects.create(organization=organization, year=2019, conclusion="passed")
    for name, pk in (
        ("apply_inspections_add", organization.pk),
        ("apply_ratings_add", organization.pk),
        ("apply_inspections", record.pk),
    ):
        url = reverse(name, args=[pk])
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code == 403, url
    for name in ("apply_organization", "apply_host_ask"):
        assert client.post(reverse(name, args=[organization.pk])).status_code == 403, name


@pytest.mark.parametrize("part", [Part.EDITOR, Part.FINANCE, Part.READER])
def test_who_does_not_decide_about_people_is_told_so_whatever_was_typed(organization: Organization, part: str) -> None:
    client, owner = with_part(organization, part), organization.memberships.get(part=Part.OWNER)
    for url in (
        reverse("apply_people_invite", args=[organization.pk]),
        reverse("apply_membership_part", args=[owner.pk]),
    ):
        assert client.post(url, {"part": "nothing"}).status_code == 403, url


@pytest.mark.parametrize("part", [Part.FINANCE, Part.READER])
def test_who_does_not_write_the_application_writes_no_message_either(organization: Organization, part: str) -> None:
    venture = a_venture(State.SUBMITTED, organization=organization)
    answer = with_part(organization, part).post(reverse("apply_remark", args=[venture.pk]))
    assert answer.status_code == 403
