"""What the administrator does with the accounts of others. Everything is written into the journal and told to them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.registering import name_is_taken
from accounts.actions.second_factor import forget_devices
from accounts.models import AccountLink, Role, User
from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed
from common.models import JournalEntry, record
from common.work.outbox import put


@transaction.atomic
def invite(
    *, by: Any, username: str, name: str, role: str, site: str, email: str = "", phone: str = "", unit: str = ""
) -> User:
    """Make an account for somebody who works here. It has no password until its link is used."""
    _check(by)
    if role == Role.APPLICANT:
        raise Invalid({"role": [_("Applicants register themselves.")]})
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid({"username": [name_is_taken(username)]})
    person = User(username=username, name=name, role=role, email=email, phone=phone, unit=unit)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody took the name between the question and the answer
        raise Invalid({"username": [name_is_taken(username)]}) from None
    record(person, "invite_person", by=by, role=role)
    _hand_out(person, AccountLink.Reason.INVITATION, site)
    return person


@transaction.atomic
def issue_link(person: User, *, by: Any, site: str) -> AccountLink:
    """A new link to set the password; the ones before it die. Journalled: who has it can log in as that person."""
    _check(by)
    person = _locked(person)
    if not person.is_active:
        raise Conflict(_("%(name)s is deactivated.") % {"name": person})
    reason = AccountLink.Reason.NEW_PASSWORD if person.has_come else AccountLink.Reason.INVITATION
    entry = record(person, "issue_link", by=by)
    _tell(person, entry, _("The administrator made a link with which your password can be set."))
    return _hand_out(person, reason, site)


def _hand_out(person: User, reason: str, site: str) -> AccountLink:
    person.links.open().update(revoked_at=now())
    link = AccountLink.objects.create(user=person, reason=reason)
    if person.email:
        put("account_link", f"account_link:{link.pk}", {"link": link.pk, "site": site})
    return link


@transaction.atomic
def change_role(person: User, *, by: Any, role: str) -> User:
    """Give another role. The person logs in again: a session is for the role it began with."""
    _check(by)
    person = _not_the_last(person, by, unless=role == Role.ADMIN)
    before = person.get_role_display()
    if person.role == role:
        return person
    person.role = role
    _end_sessions(person)
    entry = record(person, "change_role", by=by, note=f"{before} → {person.get_role_display()}")
    _tell(person, entry, _("Your role is now %(role)s.") % {"role": person.get_role_display()})
    return person


@transaction.atomic
def deactivate(person: User, *, by: Any, reason: str) -> User:
    """Shut the account; whoever is logged in with it is out at the next click."""
    _check(by)
    person = _not_the_last(person, by)
    if not person.is_active:
        return person
    person.is_active = False
    _end_sessions(person)
    person.links.open().update(revoked_at=now())
    record(person, "deactivate", by=by, note=reason)
    return person


@transaction.atomic
def reactivate(person: User, *, by: Any) -> User:
    """Open the account again, with the password it had."""
    _check(by)
    person = _locked(person)
    if person.is_active:
        return person
    person.is_active = True
    person.save()
    entry = record(person, "reactivate", by=by)
    _tell(person, entry, _("Your account is active again."))
    return person


@transaction.atomic
def reset_factor(person: User, *, by: Any, reason: str) -> User:
    """The phone is gone: take the second factor off, so that another can be set up."""
    _check(by)
    person = _locked(person)
    if not person.second_factor_at:
        raise Conflict(_("%(name)s has no second factor.") % {"name": person})
    forget_devices(person)
    _end_sessions(person)
    entry = record(person, "reset_factor", by=by, note=reason)
    _tell(person, entry, _("The administrator took the second factor off your account. Set up a new one."))
    return person


def _check(by: Any) -> None:
    if not by.has_perm("accounts.manage_people"):
        raise NotAllowed


def _locked(person: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _not_the_last(person: User, by: Any, *, unless: bool = False) -> User:
    """The person, locked, together with all who administer: of two who lower each other at once one is told no."""
    if person.pk == by.pk:
        raise Conflict(_("Nobody changes the own role or deactivates the own account. Ask another administrator."))
    administers = Q(role=Role.ADMIN, is_active=True)
    rows = User.objects.filter(administers | Q(pk=person.pk)).order_by("pk").select_for_update(of=("self",))
    found = {u.pk: u for u in rows}
    person = found.pop(person.pk)
    # One who was invited and has not come yet cannot let anybody in.
    others = [u for u in found.values() if u.has_come]
    if not unless and person.is_a(Role.ADMIN) and not others:
        raise Conflict(_("%(name)s is the last active administrator. Make somebody else one first.") % {"name": person})
    if by.pk and by.pk not in found:
        raise NotAllowed  # was lowered or deactivated a moment ago
    return person


def _end_sessions(person: User) -> None:
    person.sessions_ended += 1
    person.save()


def _tell(person: User, entry: JournalEntry, text: str) -> None:
    notify([person], f"entry:{entry.pk}", text)
