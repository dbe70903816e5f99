"""What can be done with accounts."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Notification, Role, User
from common.clock import now
from common.errors import Invalid
from common.models import record


def register(*, username: str, name: str, phone: str, password: str, consent: str, email: str = "") -> User:
    """Open an applicant's account for oneself. `consent` is the sentence that was agreed to; the journal keeps it.

    Raises Invalid(fields): the name is taken, or the password breaks a rule.
    """
    user = User(username=username, name=name, phone=phone, email=email, role=Role.APPLICANT)
    problems: dict[str, list[Any]] = {}
    if User.objects.filter(username__iexact=username).exists():
        problems["username"] = [_taken(username)]
    try:
        validate_password(password, user)
    except ValidationError as e:
        problems["password"] = list(e.messages)
    if problems:
        raise Invalid(problems)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
            record(user, "register", by=user, words=consent)
    except IntegrityError:  # somebody took the name between the question and the answer
        raise Invalid({"username": [_taken(username)]}) from None
    return user


def _taken(username: str) -> str:
    return _("The username %(name)s is taken. Please choose another.") % {"name": username}


def read_all(*, by: User) -> int:
    """Mark one's messages as read. Returns how many were new."""
    return Notification.objects.filter(user=by, read_at=None).update(read_at=now())
