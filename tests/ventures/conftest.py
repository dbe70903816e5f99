from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import translation

from accounts.models import Role
from common.clock import at
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_round, a_user, an_applicant
from tests.ventures.setting_up import MARCH


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the code, whatever the translation says today."""
    with translation.override("en"):
        yield


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """A round with an open call, an applicant with an organization, and staff by role."""
    applicant, organization = an_applicant()
    staff = {role: a_user(role) for role in (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR)}
    return SimpleNamespace(applicant=applicant, organization=organization, round=a_round(), **staff)


@pytest.fixture
def in_march() -> Iterator[None]:
    """A day whose working-day calendar is published, whenever the tests run."""
    with at(MARCH):
        yield


@pytest.fixture
def preparing(people: SimpleNamespace) -> Round:
    return a_round(RoundState.PREPARING)
