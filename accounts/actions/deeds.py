"""What is done to an account once it may be done, by whom and whether with a second person being decided elsewhere
(`people`, `second_person`, the commands on the server). Call these inside a transaction, with the person locked."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.access_log import journalled
from accounts.actions.second_factor import forget_devices
from accounts.models import AccountLink, Kind, Role, User
from accounts.notifications import notify
from common.clock import now
from common.errors import Conflict, NotAllowed
from common.models import JournalEntry
from common.work.outbox import put


def give_role(person: User, role: str, *, by: Any) -> None:
    before = person.get_role_display()
    person.role = role
    end_sessions(person)
    change = f"{before} → {person.get_role_display()}"
    entry = journalled(person, Kind.ROLE_CHANGED, by=by, note=change, told=change)
    tell(person, entry, _("Your role is now %(role)s.") % {"role": person.get_role_display()})


def take_factor_off(person: User, *, by: Any, reason: str) -> None:
    forget_devices(person)
    end_sessions(person)
    entry = journalled(person, Kind.FACTOR_RESET, by=by, note=reason, told=reason)
    tell(person, entry, _("The administrator took the second factor off your account. Set up a new one."))


def issue_link(person: User, *, by: Any, site: str) -> AccountLink:
    reason = AccountLink.Reason.NEW_PASSWORD if person.has_come else AccountLink.Reason.INVITATION
    entry = journalled(person, Kind.LINK_ISSUED, by=by)
    tell(person, entry, _("The administrator made a link with which your password can be set."))
    return hand_out(person, reason, site)


def reopen(person: User, *, by: Any) -> None:
    person.is_active = True
    person.save()
    entry = journalled(person, Kind.REACTIVATED, by=by)
    tell(person, entry, _("Your account is active again."))


def let_in(person: User, role: str, *, by: Any, site: str) -> AccountLink:
    """Open an account that was made for this role. Whatever password it was given meanwhile is none."""
    person.is_active = True
    person.set_unusable_password()
    give_role(person, role, by=by)
    return hand_out(person, AccountLink.Reason.INVITATION, site)


def hand_out(person: User, reason: str, site: str) -> AccountLink:
    """The one link of the person; those before it die."""
    person.links.open().update(revoked_at=now())
    link = AccountLink.objects.create(user=person, reason=reason)
    if person.email:
        put("account_link", f"account_link:{link.pk}", {"link": link.pk, "site": site})
    return link


def locked(person: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def with_administrators(person: User) -> tuple[User, dict[int, User]]:
    """The person and all others who administer, locked: of two who lower each other at once one is told no."""
    administers = Q(role=Role.ADMIN, is_active=True)
    rows = User.objects.filter(administers | Q(pk=person.pk)).order_by("pk").select_for_update(of=("self",))
    found = {u.pk: u for u in rows}
    return found.pop(person.pk), found


def not_the_last(person: User, by: Any, *, unless: bool = False) -> User:
    """The person, locked, if it is another one and not the last who administers."""
    if person.pk == by.pk:
        raise Conflict(_("Nobody changes the own role or deactivates the own account. Ask another administrator."))
    person, others = with_administrators(person)
    if not unless:
        somebody_administers_beside(person, others)
    if by.pk and by.pk not in others:
        raise NotAllowed  # was lowered or deactivated a moment ago
    return person


def somebody_administers_beside(person: User, others: dict[int, User]) -> None:
    """One who was invited and has not come yet cannot let anybody in."""
    if person.is_a(Role.ADMIN) and not any(u.has_come for u in others.values()):
        raise Conflict(_("%(name)s is the last active administrator. Make somebody else one first.") % {"name": person})


def end_sessions(person: User) -> None:
    person.sessions_ended += 1
    person.save()


def tell(person: User, entry: JournalEntry, text: str) -> None:
    notify([person], f"entry:{entry.pk}", text)
