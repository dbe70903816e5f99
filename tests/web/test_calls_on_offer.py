"""What is offered to who has applied already."""

import pytest
from django.urls import reverse

from organizations.models import Membership
from tests.factories import a_round, a_venture, an_organization
from ventures.states import State

pytestmark = pytest.mark.django_db


def test_a_call_that_is_used_up_is_not_offered_again(client, applicant):
    """1 of 1: neither at home nor on the public pages; with a second organization it is."""
    round_ = a_round()
    start = reverse("apply_start", args=[round_.pk])
    pages = [reverse("apply_home"), reverse("home"), reverse("round", args=[round_.pk])]
    client.force_login(applicant)
    assert all(start in client.get(page).content.decode() for page in pages)
    a_venture(State.SUBMITTED, round=round_, organization=applicant.organization)
    assert not any(start in client.get(page).content.decode() for page in pages)
    assert "已提交 1 / 1" in client.get(pages[0]).content.decode()
    Membership.objects.create(user=applicant, organization=an_organization(), part="owner")
    assert all(start in client.get(page).content.decode() for page in pages)
