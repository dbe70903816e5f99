"""An organization that nobody owns here: who wants to register it learns where to go, and the desk invites an owner."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Notification, Role
from common import clock
from common.clock import now
from common.errors import Stale
from common.models import JournalEntry
from common.work.outbox import drain
from organizations.actions import owners as actions
from organizations.actions import people
from organizations.models import Invitation, Membership, Part
from tests.factories import a_place, a_user, an_applicant, an_invitation, an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

NOTE = "王女士,持登记证书原件"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk():
    return a_user(Role.CLERK, name="经办员")


def deserted():
    """Its only owner was deactivated; an editor is left."""
    owner, organization = an_applicant(is_active=False)
    editor = a_user(name="编辑员")
    Membership.objects.create(user=editor, organization=organization, part=Part.EDITOR)
    return organization, editor


def invite(client, organization, **changes):
    given = {"note": NOTE, "email": "", **changes}
    return client.post(reverse("desk_owner_invite", args=[organization.pk]), given, follow=True)


def entry(organization, **changes):
    return {
        "name": "另一个名称", "credit_code": organization.credit_code, "management": "territorial",
        "service": "social_work", "place": a_place().pk, "party_form": "none", **changes,
    }  # fmt: skip


def test_who_registers_a_code_that_nobody_owns_is_sent_to_the_bureau(client):
    client.force_login(a_user())
    imported, (__, owned), (left, __) = an_organization(), an_applicant(), deserted()
    register = reverse("apply_organization_new")
    for organization in (imported, left):
        page = client.post(register, entry(organization)).content.decode()
        assert "已在社会组织名录中，尚无单位管理员" in page and "民政局" in page
    by_name = client.post(register, entry(imported, name=imported.name, credit_code="52330482MJ000000X0"))
    assert "已在社会组织名录中，尚无单位管理员" in by_name.content.decode()
    assert "尚无单位管理员" not in client.post(register, entry(owned)).content.decode()


def test_a_clerk_invites_an_owner_who_registers_nothing_again(clerk):
    organization, desk = an_organization(), signed_in(clerk)
    page = invite(desk, organization).content.decode()
    code = re.search(r">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<", page).group(1)
    url = reverse("desk_organization", args=[organization.pk])
    assert code not in desk.get(url).content.decode(), "shown once"
    guest = a_user(name="王女士")
    signed_in(guest).post(reverse("apply_join", args=[code]))
    assert organization.memberships.get().part == Part.OWNER
    entry = JournalEntry.objects.of(organization).get(verb="invite_owner")
    assert entry.note == NOTE and entry.by_id == clerk.pk
    drain()
    assert Notification.objects.filter(user=clerk, text__contains="王女士").exists()
    assert "邀请单位管理员" not in desk.get(url).content.decode()


def test_the_link_may_be_sent_by_mail(clerk):
    organization = an_organization()
    invite(signed_in(clerk), organization, email="wang@example.org")
    drain()
    assert mail.outbox[0].to == ["wang@example.org"] and "/apply/join/" in mail.outbox[0].body


def test_when_the_only_owner_is_gone_an_editor_may_be_raised_and_the_others_are_told(clerk):
    organization, editor = deserted()
    other = a_user()
    Membership.objects.create(user=other, organization=organization, part=Part.READER)
    invitation = actions.invite_owner(organization, by=clerk, note=NOTE, site="")
    drain()
    assert Notification.objects.filter(user=other, text__contains="单位管理员").exists()
    people.accept(invitation, by=editor)
    assert organization.memberships.get(user=editor).part == Part.OWNER
    assert organization.memberships.count() == 3


def test_where_there_is_an_owner_the_desk_invites_nobody(clerk):
    owner, organization = an_applicant(name="管理人甲")
    page = invite(signed_in(clerk), organization)
    assert page.status_code == 409 and "管理人甲" in page.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_of_the_desk_is_void_once_there_is_an_owner(clerk):
    organization, __ = deserted()
    invitation = actions.invite_owner(organization, by=clerk, note=NOTE, site="")
    organization.memberships.get(part=Part.OWNER).user.__class__.objects.update(is_active=True)
    with pytest.raises(Stale):
        people.accept(invitation, by=a_user())
    assert organization.memberships.count() == 2


def test_there_is_one_open_place_of_an_owner_at_a_time(clerk):
    organization = an_organization()
    first = actions.invite_owner(organization, by=clerk, note=NOTE, site="")
    actions.invite_owner(organization, by=clerk, note=NOTE, site="")
    with pytest.raises(Stale):
        people.accept(first, by=a_user())
    assert Invitation.objects.open().count() == 1


def test_it_works_for_a_week_and_until_the_desk_withdraws_it(clerk):
    organization, desk = an_organization(), signed_in(clerk)
    invitation = actions.invite_owner(organization, by=clerk, note=NOTE, site="")
    link = reverse("apply_join", args=[invitation.code])
    guest = signed_in(late := a_user())
    with clock.at(now() + timedelta(days=7, minutes=1)):
        late.refresh_from_db()
        assert signed_in(late).post(link).status_code == 410
    assert desk.post(reverse("desk_owner_revoke", args=[invitation.pk])).status_code == 302
    assert guest.post(link).status_code == 410
    assert not organization.memberships.exists()


def test_the_desk_withdraws_no_invitation_that_an_owner_made(clerk):
    __, organization = an_applicant()
    invitation = an_invitation(organization)
    assert signed_in(clerk).post(reverse("desk_owner_revoke", args=[invitation.pk])).status_code == 403
    assert Invitation.objects.open().exists()


def test_without_a_reason_it_is_told_at_the_field_and_what_was_typed_stays(clerk):
    page = invite(signed_in(clerk), an_organization(), note=" ", email="wang@example.org")
    assert page.status_code == 422 and "wang@example.org" in page.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.CLERK, Role.MANAGER}])
def test_only_clerks_and_the_manager_invite_owners(role):
    organization = an_organization()
    assert invite(signed_in(a_user(role)), organization).status_code == 403
    assert not Invitation.objects.exists()


def test_the_page_of_the_desk_asks_as_much_for_three_people_as_for_one(clerk, django_assert_num_queries):
    __, organization = an_applicant()
    desk, url = signed_in(clerk), reverse("desk_organization", args=[organization.pk])
    desk.get(url)
    for __ in range(2):
        with django_assert_num_queries(QUERIES):
            desk.get(url)
        for __ in range(2):
            Membership.objects.create(user=a_user(), organization=organization, part=Part.READER)


QUERIES = 23
