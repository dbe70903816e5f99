"""The people of an organization: invited, given a part, removed; there is always an owner; a code opens one place once."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Notification, Role, User
from common import clock
from common.clock import now
from common.errors import Conflict, DomainError
from common.models import JournalEntry, OutboxMessage
from common.work.outbox import drain
from organizations.actions import people as actions
from organizations.actions.people import OPEN_INVITATIONS
from organizations.models import Invitation, Membership, Part
from tests.factories import a_user, an_applicant, an_invitation, an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def home():
    """An owner, logged in, and her organization."""
    owner, organization = an_applicant(name="管理人甲")
    return owner, organization, signed_in(owner)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def with_part(organization, part, **fields):
    user = a_user(**fields)
    return Membership.objects.create(user=user, organization=organization, part=part)


def invite(client, organization, **changes):
    given = {"part": "editor", "email": "", **changes}
    return client.post(reverse("apply_people_invite", args=[organization.pk]), given, follow=True)


def code_on(page):
    return re.search(r">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})<", page.content.decode()).group(1)


def test_an_owner_invites_by_a_code_that_is_shown_once_and_somebody_with_an_account_accepts(home):
    owner, organization, client = home
    code = code_on(invite(client, organization, part="finance"))
    assert code not in client.get(reverse("apply_people", args=[organization.pk])).content.decode()
    guest = a_user(name="财务乙")
    there = signed_in(guest)
    typed = there.post(reverse("apply_join_code"), {"code": f" {code.lower()} "})
    link = typed.headers["location"]
    for __ in range(3):  # WeChat looks at the link by itself
        page = there.get(link)
        assert page.status_code == 200 and organization.name in page.content.decode()
    assert not organization.memberships.filter(user=guest).exists()
    assert there.post(link).headers["location"] == reverse("apply_home")
    assert organization.memberships.get(user=guest).part == Part.FINANCE
    drain()
    assert Notification.objects.filter(user=owner, text__contains="财务乙 已接受邀请").exists()
    assert JournalEntry.objects.of(organization).filter(verb="accept_invitation", by_id=guest.pk).exists()


def test_who_has_no_account_registers_and_comes_back_to_accept(home, client):
    __, organization, owner = home
    link = reverse("apply_join", args=[code_on(invite(owner, organization))])
    page = client.get(link).content.decode()
    register = re.search(r'href="(/register/\?next=[^"]+)"', page).group(1)
    assert client.post(link).status_code == 200, "nobody accepts without an account"
    given = {
        "username": "新人", "name": "新人", "phone": "13800138000", "email": "", "password": "chuangtou-2020-ok",
        "again": "chuangtou-2020-ok", "consent": "on",
    }  # fmt: skip
    answer = client.post(register, given)
    assert answer.headers["location"] == link
    client.post(link)
    assert organization.memberships.get(user__username="新人").part == Part.EDITOR


def test_by_mail_the_link_goes_out_and_lies_nowhere_readable(home):
    __, organization, client = home
    code = code_on(invite(client, organization, email="guest@example.org"))
    drain()
    assert mail.outbox[0].to == ["guest@example.org"] and code in mail.outbox[0].body
    assert not [m for m in OutboxMessage.objects.all() if code in str(m.payload)]
    row = str(Invitation.objects.get().__dict__)
    assert code not in row and code.replace("-", "") not in row


@pytest.mark.parametrize("how", ["used", "revoked", "expired"])
def test_an_invitation_works_once_for_a_week_and_until_it_is_withdrawn(home, how):
    __, organization, client = home
    invitation = an_invitation(organization)
    link, later = reverse("apply_join", args=[invitation.code]), now()
    if how == "used":
        signed_in(a_user()).post(link)
    elif how == "revoked":
        client.post(reverse("apply_invitation_revoke", args=[invitation.pk]))
    else:
        later = now() + timedelta(days=7, minutes=1)
    late = a_user()
    with clock.at(later):
        there = signed_in(late)
        assert there.get(link).status_code == 410
        assert there.post(link).status_code == 410
    assert not organization.memberships.filter(user=late).exists()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.APPLICANT])
def test_staff_and_experts_do_not_join_an_organization(home, role):
    __, organization, __ = home
    link = reverse("apply_join", args=[an_invitation(organization).code])
    there = signed_in(a_user(role))
    assert "只有申报单位账户可以加入单位" in there.get(link).content.decode()
    assert there.post(link).status_code == 403
    assert Invitation.objects.get().used_at is None


def test_who_has_a_part_already_does_not_use_the_invitation_up(home):
    __, organization, __ = home
    reader = with_part(organization, Part.READER).user
    answer = signed_in(reader).post(reverse("apply_join", args=[an_invitation(organization).code]))
    assert answer.status_code == 409 and "仅查看" in answer.content.decode()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("part", [Part.EDITOR, Part.FINANCE, Part.READER])
def test_only_an_owner_decides_about_people(home, part):
    owner, organization, __ = home
    invitation = an_invitation(organization)
    mine = with_part(organization, part)
    client = signed_in(mine.user)
    page = client.get(reverse("apply_people", args=[organization.pk]))
    assert page.status_code == 200 and "管理人甲" in page.content.decode()
    assert "生成邀请" not in page.content.decode()
    other = organization.memberships.get(user=owner)
    for url, data in (
        (reverse("apply_people_invite", args=[organization.pk]), {"part": "owner", "email": ""}),
        (reverse("apply_membership_part", args=[mine.pk]), {"part": "owner"}),
        (reverse("apply_membership_part", args=[other.pk]), {"part": "reader"}),
        (reverse("apply_membership_remove", args=[other.pk]), {}),
        (reverse("apply_invitation_revoke", args=[invitation.pk]), {}),
    ):
        assert client.post(url, data).status_code == 403, url
    mine.refresh_from_db()
    assert mine.part == part


def test_the_people_of_another_organization_do_not_exist(home):
    __, __, client = home
    other = an_organization(members=[a_user()])
    invitation, membership = an_invitation(other), other.memberships.get()
    assert client.get(reverse("apply_people", args=[other.pk])).status_code == 404
    for name, pk in (
        ("apply_people_invite", other.pk), ("apply_people_leave", other.pk), ("apply_membership_part", membership.pk),
        ("apply_membership_remove", membership.pk), ("apply_invitation_revoke", invitation.pk),
    ):  # fmt: skip
        assert client.post(reverse(name, args=[pk]), {"part": "owner"}).status_code == 404, name


def test_an_owner_changes_a_part_and_removes_and_those_concerned_are_told(home):
    __, organization, client = home
    editor, reader = with_part(organization, Part.EDITOR), with_part(organization, Part.READER)
    client.post(reverse("apply_membership_part", args=[editor.pk]), {"part": "finance"})
    editor.refresh_from_db()
    assert editor.part == Part.FINANCE
    client.post(reverse("apply_membership_remove", args=[reader.pk]))
    assert not Membership.objects.filter(pk=reader.pk).exists()
    drain()
    assert Notification.objects.filter(user=editor.user, text__contains="财务人员").exists()
    assert Notification.objects.filter(user=reader.user, text__contains="移出").exists()
    note = JournalEntry.objects.of(organization).get(verb="change_part").note
    assert "经办人 → 财务人员" in note


def test_the_last_owner_is_not_lowered_not_removed_and_does_not_leave(home):
    owner, organization, client = home
    own = organization.memberships.get(user=owner)
    with_part(organization, Part.OWNER, is_active=False)  # who cannot log in keeps nothing going
    for url, data in (
        (reverse("apply_membership_part", args=[own.pk]), {"part": "reader"}),
        (reverse("apply_membership_remove", args=[own.pk]), {}),
        (reverse("apply_people_leave", args=[organization.pk]), {}),
    ):
        answer = client.post(url, data)
        assert answer.status_code == 409 and "最后一名单位管理员" in answer.content.decode(), url
    own.refresh_from_db()
    assert own.part == Part.OWNER


def test_whoever_is_not_the_last_owner_may_leave_and_owners_are_told(home):
    owner, organization, __ = home
    reader = with_part(organization, Part.READER, name="读者丙").user
    signed_in(reader).post(reverse("apply_people_leave", args=[organization.pk]))
    assert not organization.memberships.filter(user=reader).exists()
    drain()
    assert Notification.objects.filter(user=owner, text__contains="读者丙 已退出").exists()


def test_a_removed_owner_does_not_come_back_by_an_invitation_of_hers(home):
    __, organization, client = home
    second = with_part(organization, Part.OWNER)
    back = an_invitation(organization, made_by=second.user, part=Part.OWNER)
    client.post(reverse("apply_membership_remove", args=[second.pk]))
    assert signed_in(second.user).post(reverse("apply_join", args=[back.code])).status_code == 410
    assert not organization.memberships.filter(user=second.user).exists()


def test_so_many_invitations_are_open_and_no_more(home):
    owner, organization, client = home
    for __ in range(OPEN_INVITATIONS):
        an_invitation(organization)
    answer = invite(client, organization)
    assert answer.status_code == 409 and "20 个" in answer.content.decode()
    with clock.at(now() + timedelta(days=8)), pytest.raises(Conflict) as raised:
        actions.remove(organization.memberships.get(), by=owner)
    assert raised


def test_a_bad_e_mail_is_told_at_the_field_and_stays(home):
    __, organization, client = home
    answer = invite(client, organization, email="not-an-address")
    assert answer.status_code == 422 and 'value="not-an-address"' in answer.content.decode()


def test_unknown_codes_are_limited_per_address(home):
    client = home[2]
    for __ in range(30):
        assert client.post(reverse("apply_join_code"), {"code": "AAAA-AAAA-AAAA-AAAA"}).status_code == 422
    assert client.post(reverse("apply_join_code"), {"code": "AAAA-AAAA-AAAA-AAAA"}).status_code == 429


def test_the_page_takes_as_many_queries_for_three_people_as_for_one(home, django_assert_num_queries):
    __, organization, client = home
    for __ in range(2):
        with django_assert_num_queries(7):
            client.get(reverse("apply_people", args=[organization.pk]))
        for __ in range(2):
            with_part(organization, Part.READER)
            an_invitation(organization)


def at_once(*acts):
    """What each was told ("": done), all started at the same moment."""
    start, said = Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            said.append("")
        except DomainError as e:
            said.append(str(e))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_the_same_invitation_at_once_one_gets_in_and_the_other_is_told():
    __, organization = an_applicant()
    invitation, guests = an_invitation(organization), [a_user(), a_user()]
    said = at_once(*(lambda g=g: actions.accept(invitation, by=User.objects.get(pk=g.pk)) for g in guests))
    assert said[0] == "" and "该邀请已被接受" in said[1]
    assert organization.memberships.filter(user__in=guests).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind():
    owner, organization = an_applicant()
    second = with_part(organization, Part.OWNER).user
    said = at_once(*(lambda u=u: actions.leave(organization, by=u) for u in (owner, second)))
    assert said[0] == "" and "最后一名单位管理员" in said[1]
    assert organization.memberships.filter(part=Part.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_leave_one_behind():
    owner, organization = an_applicant()
    second = with_part(organization, Part.OWNER)
    first = organization.memberships.get(user=owner)
    said = at_once(
        lambda: actions.remove(second, by=owner), lambda: actions.remove(first, by=User.objects.get(pk=second.user_id))
    )
    assert said[0] == "" and said[1]
    assert organization.memberships.filter(part=Part.OWNER).count() == 1
