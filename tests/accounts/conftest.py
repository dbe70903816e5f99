"""Helpers around the second factor: the app on the phone, and people who have one."""

import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions import set_up_factor
from accounts.actions.second_factor import new_key
from accounts.models import Role, User
from tests.factories import a_user


@pytest.fixture(autouse=True)
def half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """It lasts: a code is one of its half minute, and on a slow machine the next one begins between phone and server."""
    at = time.time()
    clock = SimpleNamespace(time=lambda: at)
    monkeypatch.setattr(models, "time", clock)
    monkeypatch.setattr(sys.modules[__name__], "time", clock)


@pytest.fixture
def required(settings: Any) -> None:
    """As in a real installation."""
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def admin(db: None) -> User:
    return a_user(Role.ADMIN, name="管理员甲")


@pytest.fixture
def clerk(db: None) -> User:
    return a_user(Role.CLERK, name="初审员")


def role_of(person: User) -> str:
    return User.objects.get(pk=person.pk).role


class Phone:
    """An app that knows the secret; its clock can be set forward, because each code works once."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.ahead = 0

    def code(self) -> str:
        totp = TOTP(bytes.fromhex(self.key))
        totp.time = time.time() + self.ahead
        return f"{totp.token():06d}"

    def wait(self) -> str:
        """The next code."""
        self.ahead += 30
        return self.code()


def with_phone(user: User) -> tuple[Phone, list[str]]:
    """Set up her second factor. Returns the phone and the recovery codes."""
    phone = Phone(new_key())
    __, codes = set_up_factor(by=user, key=phone.key, code=phone.code())
    user.refresh_from_db()
    # What set it up counts as used; the tests use codes of now and of the next half minute.
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return phone, codes


def enter(client: Client, user: User, password: str) -> Any:
    return client.post(reverse("login"), {"username": user.username, "password": password})
