"""What the administrator does with the accounts of others. Everything is written into the journal and told to them.

What gives power over money, or over who has it, is only asked for here: `second_person` does it when somebody else has
confirmed it.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access_log import journalled
from accounts.actions import deeds
from accounts.actions.registering import name_is_taken
from accounts.actions.second_person import ask
from accounts.models import GUARDED_ROLES, AccountLink, AccountRequest, Kind, Role, User
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed
from common.normal_forms import user_name

Deed = AccountRequest.Deed


@transaction.atomic
def invite(
    *, by: Any, username: str, name: str, role: str, site: str, email: str = "", phone: str = "", unit: str = ""
) -> User:
    """Make an account for somebody who works here. It has no password until its link is used.

    One for a role of trust is shut, and without that role, until a second person has confirmed it.
    """
    _check(by)
    if role == Role.APPLICANT:
        raise Invalid({"role": [_("Applicants register themselves.")]})
    username = user_name(username)
    if User.objects.filter(username=username).exists():
        raise Invalid({"username": [name_is_taken(username)]})
    waits = role in GUARDED_ROLES
    person = User(username=username, name=name, email=email, phone=phone, unit=unit, is_active=not waits)
    person.role = Role.APPLICANT if waits else role
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody took the name between the question and the answer
        raise Invalid({"username": [name_is_taken(username)]}) from None
    journalled(person, Kind.INVITED, by=by, told=str(person.get_role_display()), role=role)
    if waits:
        ask(Deed.INVITE, person, by=by, role=role)
    else:
        deeds.hand_out(person, AccountLink.Reason.INVITATION, site)
    return person


@transaction.atomic
def issue_link(person: User, *, by: Any, site: str) -> AccountLink | None:
    """A new link to set the password; the ones before it die. Journalled: who has it can log in as that person.

    None: a second person has to confirm it, as no second factor would keep its reader from a role of trust.
    """
    _check(by)
    person = deeds.locked(person)
    if not person.is_active:
        raise Conflict(_("%(name)s is deactivated.") % {"name": person})
    if person.role in GUARDED_ROLES and not person.second_factor_at:
        ask(Deed.LINK, person, by=by)
        return None
    return deeds.issue_link(person, by=by, site=site)


@transaction.atomic
def change_role(person: User, *, by: Any, role: str, reason: str = "") -> AccountRequest | None:
    """Give another role. The person logs in again: a session is for the role it began with.

    None: it is done. Else what a second person has to confirm: a role of trust, with the `reason` for it.
    """
    _check(by)
    person = deeds.not_the_last(person, by, unless=role == Role.ADMIN)
    if person.role == role:
        return None
    if role in GUARDED_ROLES:
        if not reason.strip():
            raise Invalid({"reason": [_("Say why: a second person has to confirm this role.")]})
        return ask(Deed.ROLE, person, by=by, role=role, reason=reason)
    deeds.give_role(person, role, by=by)
    return None


@transaction.atomic
def deactivate(person: User, *, by: Any, reason: str) -> User:
    """Shut the account; whoever is logged in with it is out at the next click."""
    _check(by)
    person = deeds.not_the_last(person, by)
    if not person.is_active:
        return person
    person.is_active = False
    deeds.end_sessions(person)
    person.links.open().update(revoked_at=now())
    journalled(person, Kind.DEACTIVATED, by=by, note=reason, told=reason)
    return person


@transaction.atomic
def reactivate(person: User, *, by: Any) -> AccountRequest | None:
    """Open the account again, with the password it had.

    None: it is done. Else what a second person has to confirm: it comes back with a role of trust.
    """
    _check(by)
    person = deeds.locked(person)
    if person.is_active:
        return None
    if person.role in GUARDED_ROLES:
        return ask(Deed.REOPEN, person, by=by)
    deeds.reopen(person, by=by)
    return None


@transaction.atomic
def reset_factor(person: User, *, by: Any, reason: str) -> AccountRequest:
    """The phone is gone: ask that the second factor be taken off, so that another can be set up."""
    _check(by)
    person = deeds.locked(person)
    if not person.second_factor_at:
        raise Conflict(_("%(name)s has no second factor.") % {"name": person})
    return ask(Deed.FACTOR, person, by=by, reason=reason)


def _check(by: Any) -> None:
    if not by.has_perm("accounts.manage_people"):
        raise NotAllowed
