"""Fixtures that several rooms share. The conftest of a room imports those that its tests ask for."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Role, User
from tests.factories import a_round, a_user, a_venture, an_applicant
from tests.web.desk_world import make_desk
from ventures.models import Venture


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the code, whatever the translation says today."""
    with translation.override("en"):
        yield


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person sends more in a minute than anybody does in a day."""
    monkeypatch.setattr("common.limits.kinds.Rate.check", lambda limit, row: None)


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """A round with an open call, an applicant with an organization, and staff by role."""
    applicant, organization = an_applicant()
    staff = {role: a_user(role) for role in (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR)}
    return SimpleNamespace(applicant=applicant, organization=organization, round=a_round(), **staff)


@pytest.fixture
def applicant(client: Client) -> User:
    """Who applies, logged in."""
    user: Any
    user, organization = an_applicant()
    client.force_login(user)
    user.organization = organization
    return user


@pytest.fixture
def draft(applicant: Any) -> Venture:
    return a_venture(organization=applicant.organization)


@pytest.fixture
def desk(db: None) -> SimpleNamespace:
    return make_desk()
