"""What people change of their own account."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access_log import journalled
from accounts.actions.passwords import check_password
from accounts.models import Kind, User
from accounts.notifications import notify
from common.work.outbox import put

KNOWN = ("name", "phone", "email")


def edit_account(*, by: User, password: str = "", address: str = "", **fields: Any) -> User:
    """Change one's name, phone or e-mail. A new e-mail can open the account, so it asks for the password."""
    if fields.get("email", by.email) != by.email:
        check_password(by, password, field="password", address=address)
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        changed = [name for name in KNOWN if name in fields and getattr(user, name) != fields[name]]
        if not changed:
            return user
        before = user.email
        for name in changed:
            setattr(user, name, fields[name])
        user.save()
        fields_changed = ", ".join(changed)
        entry = journalled(user, Kind.DETAILS_CHANGED, by=user, told=fields_changed, fields=fields_changed)
        text = _("Your name, phone or e-mail was changed. If it was not you, tell the administrator.")
        notify([user], f"entry:{entry.pk}", text)
        if "email" in changed and before:  # the address that could still open the account an hour ago
            put("mail", f"mail:before:{entry.pk}", {"to": before, "text": text})
    return user


def end_guide(*, by: User) -> None:
    """Offer the guide of the first visit no more, in this role."""
    User.objects.filter(pk=by.pk).update(guided_as=by.role)
