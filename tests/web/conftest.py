"""An applicant who is logged in, with a draft of her organization; and the desk."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories import a_full_form, a_round, a_venture
from tests.fixtures import applicant, desk, draft, unlimited  # noqa: F401  (fixtures)
from tests.web.sent_forms import site  # noqa: F401  (a fixture)


@pytest.fixture
def asked(applicant: Any) -> SimpleNamespace:  # noqa: F811
    """A draft in a round that asks everything."""
    round_ = a_round()
    questions = a_full_form(round_)
    venture = a_venture(organization=applicant.organization, round=round_)
    q = {kind: f"q{question.pk}" for kind, question in questions.items()}
    return SimpleNamespace(venture=venture, by=applicant, q=q, round=round_)
