"""The pages of the set-up cost the same for one row and for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import Place
from rounds.models import BudgetHead, EligibilityRule, FormSection, Question, Round, RoundPhase
from rounds.states import RoundState
from tests.factories import a_round
from tests.web.desk_world import signed_in

pytestmark = pytest.mark.usefixtures("in_march")


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def _bigger(round_: Round, n: int) -> None:
    """Every list of the round n times as long."""
    first = FormSection.objects.create(round=round_, slug="basic", ordinal=1)
    for k in range(n):
        BudgetHead.objects.create(round=round_, ordinal=k + 11, name=f"科目{k}")
        EligibilityRule.objects.create(round=round_, ordinal=k + 1, kind=["years", "account", "place"][k], number=1)
        FormSection.objects.create(round=round_, slug=f"own-{k}", title=f"补充{k}", ordinal=k + 2)
        RoundPhase.objects.create(round=round_, ordinal=k + 1, kind="review", label=f"第{k}轮")
        Question.objects.create(section=first, ordinal=k + 1, kind="text", label=f"问{k}")
        Place.objects.get_or_create(code=f"33048290{k}", defaults={"name": f"镇{k}", "tier": "town"})


@pytest.mark.parametrize(
    ("slug", "n"),
    [("rubric", 18), ("eligibility", 19), ("sections", 18), ("scope", 21), ("budget", 18), ("calendar", 18)],
)
@pytest.mark.parametrize("size", [1, 3])
def test_a_card_costs_the_same_for_one_row_and_for_three(desk, preparing, slug, n, size):
    _bigger(preparing, size)
    assert queries_of(signed_in(desk.clerk), reverse("desk_round_card", args=[preparing.pk, slug])) == n


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_rounds_costs_the_same_for_one_and_for_three_in_preparation(desk, size):
    for __ in range(size):
        _bigger(a_round(RoundState.PREPARING, platform=desk.platform), 1)
    assert queries_of(signed_in(desk.clerk), reverse("desk_rounds")) == 20
