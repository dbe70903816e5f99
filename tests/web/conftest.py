"""An applicant who is logged in, with a draft of her organization; and the desk."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from common.clock import at
from rounds.states import RoundState
from tests.factories import a_full_form, a_round, a_venture, an_applicant
from tests.ventures.setting_up import MARCH
from tests.web.desk_world import make_desk
from tests.web.sent_forms import site  # noqa: F401  (a fixture)


@pytest.fixture
def applicant(client):
    user, organization = an_applicant()
    client.force_login(user)
    user.organization = organization
    return user


@pytest.fixture
def draft(applicant):
    return a_venture(organization=applicant.organization)


@pytest.fixture
def asked(applicant):
    """A draft in a round that asks everything."""
    round_ = a_round()
    questions = a_full_form(round_)
    venture = a_venture(organization=applicant.organization, round=round_)
    q = {kind: f"q{question.pk}" for kind, question in questions.items()}
    return SimpleNamespace(venture=venture, by=applicant, q=q, round=round_)


@pytest.fixture
def desk(db):
    return make_desk()


@pytest.fixture
def in_march() -> Iterator[None]:
    """A day whose working-day calendar is published, whenever the tests run."""
    with at(MARCH):
        yield


@pytest.fixture
def preparing(desk):
    return a_round(RoundState.PREPARING, platform=desk.platform)
