"""Opening an account for oneself, and logging in."""

from typing import Any

from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import throttle
from accounts.access_log import journalled, log, log_typed
from accounts.models import Kind, Role, User
from accounts.passwords import problems
from common.errors import Invalid, TooMany
from common.normal_forms import user_name


def register(
    *, username: str, name: str, phone: str, password: str, consent: str, email: str = "", address: str = ""
) -> User:
    """Open an applicant's account for oneself. `consent` is the sentence that was agreed to; the journal keeps it.

    Raises Invalid(fields): the name is taken, or the password breaks a rule; TooMany: so many from one address.
    """
    throttle.take(throttle.REGISTER, address=address)
    username = user_name(username)
    user = User(username=username, name=name, phone=phone, email=email, role=Role.APPLICANT)
    wrong: dict[str, list[Any]] = {}
    if User.objects.filter(username=username).exists():
        wrong["username"] = [name_is_taken(username)]
    if broken := problems(password, user):
        wrong["password"] = broken
    if wrong:
        raise Invalid(wrong)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
            journalled(user, Kind.REGISTERED, by=user, note=consent)
    except IntegrityError:  # somebody took the name between the question and the answer
        raise Invalid({"username": [name_is_taken(username)]}) from None
    return user


def name_is_taken(username: str) -> str:
    return _("The username %(name)s is taken. Please choose another.") % {"name": username}


def log_in(*, username: str, password: str, address: str) -> User:
    """Who it is. Raises Invalid: they do not match; TooMany: wrong too often from there.

    Not atomic: a wrong try is counted although it is refused. Who guesses from elsewhere has a count of her own.
    """
    try:
        throttle.take(throttle.PASSWORDS, address=address)
        throttle.take(throttle.PASSWORD, account=username, address=address)
    except TooMany:
        log_typed(Kind.LOCKED_OUT, username)
        raise
    user = authenticate(None, username=username, password=password)
    if user is None:
        log_typed(Kind.LOG_IN_FAILED, username)
        raise Invalid(_("Username and password do not match. Capital letters matter."))
    throttle.forget(throttle.PASSWORD, account=username, address=address)
    throttle.give_back(throttle.PASSWORDS, address=address)
    log(Kind.LOG_IN, by=user)
    return user  # type: ignore[return-value]
