"""An applicant who is logged in, and a draft of her organization."""

from types import SimpleNamespace

import pytest

from tests.factories import a_full_form, a_round, a_venture, an_applicant


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
