"""Between the selection and the public notice nobody outside the desk learns who was chosen."""

import pytest
from django.urls import reverse

from accounts.models import Notification
from common.work import outbox
from organizations.models import Membership
from reviews import actions as reviews
from tests.factories import an_applicant, an_organization
from tests.reviews.steps import panelled
from ventures import actions as ventures
from ventures.states import State

pytestmark = pytest.mark.django_db
TOLD = ("拟立项", "候补", "未入选", "85.67", "不予立项")


@pytest.fixture
def selected():
    """Two ventures of two organizations, the first proposed, the second not selected; nothing published yet."""
    begun = panelled(experts=5, ventures=2).begin()
    begun.score([90, 80, 85, 88, 84], venture=0)
    begun.score([50, 55, 52, 58, 54], venture=1)
    begun.people = []
    for venture in begun.ventures:
        person, __ = an_applicant()
        Membership.objects.create(user=person, organization=venture.organization)
        begun.people.append(person)
    reviews.select(begun.round, by=begun.manager)
    begun.refresh()
    outbox.drain()
    return begun


def pages(client, person, venture):
    client.force_login(person)
    return [
        client.get(url).content.decode()
        for url in (reverse("apply_home"), reverse("apply_venture", args=[venture.pk]), reverse("my_notifications"))
    ]


@pytest.mark.parametrize("n", [0, 1])
def test_the_organization_sees_in_review_until_the_notice_is_published(client, selected, n):
    venture, person = selected.ventures[n], selected.people[n]
    assert venture.state == (State.PROPOSED, State.NOT_SELECTED)[n], "planted what could leak"
    home, page, messages = pages(client, person, venture)
    for body in (home, page, messages):
        assert not [word for word in TOLD if word in body]
    assert "评审中" in home and "评审中" in page

    ventures.publish(selected.round, by=selected.manager)
    outbox.drain()
    home, page, messages = pages(client, person, venture)
    word = ("公示中", "未入选")[n]
    assert word in home and word in page
    assert Notification.objects.filter(user=person, text__contains=venture.title).exists()


def test_the_desk_sees_it_at_once(client, selected):
    client.force_login(selected.manager)
    page = client.get(reverse("desk_venture", args=[selected.ventures[0].pk])).content.decode()
    assert "拟立项" in page


def test_a_stranger_learns_nothing_at_all(client, selected):
    person, __ = an_applicant()
    an_organization()
    client.force_login(person)
    assert client.get(reverse("apply_venture", args=[selected.ventures[0].pk])).status_code == 404
