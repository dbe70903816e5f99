"""What whoever keeps the server does where nobody else can: the first people of an installation, and the day when the one
administrator has lost the phone. Logged and journalled under a name of its own; the person is told."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import deeds
from accounts.models import Role, User
from common.errors import Conflict
from common.machine.actors import Actor

SERVER = Actor(gettext_lazy("A command on the server"), may=True)


@transaction.atomic
def give_role(person: User, role: str) -> User:
    """Give a role without a second person. Raises Conflict for the last administrator, who keeps hers."""
    person, others = deeds.with_administrators(person)
    if role != Role.ADMIN:
        deeds.somebody_administers_beside(person, others)
    deeds.give_role(person, role, by=SERVER)
    return person


@transaction.atomic
def reset_factor(person: User, reason: str) -> User:
    """Take the second factor off without a second person."""
    person = deeds.locked(person)
    if not person.second_factor_at:
        raise Conflict(_("%(name)s has no second factor.") % {"name": person})
    deeds.take_factor_off(person, by=SERVER, reason=reason)
    return person
