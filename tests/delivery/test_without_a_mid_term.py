"""A round without a mid-term: from delivery straight to the final evaluation."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from common.clock import now
from common.errors import NotReady
from delivery import actions as delivery
from delivery.due import final, midterm
from delivery.invariants import the_mid_term_is_passed_by_a_report
from tests.factories import a_round, a_venture
from tests.web.desk_world import body, signed_in
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def straight(applicant: Any) -> Any:
    """A venture in delivery."""
    return a_venture(State.IN_DELIVERY, round=a_round(has_mid_term=False), organization=applicant.organization)


def test_the_final_report_is_handed_in_out_of_delivery(client: Any, straight: Venture) -> None:
    page = body(client.get(reverse("apply_venture", args=[straight.pk])))
    assert reverse("apply_final", args=[straight.pk]) in page
    assert reverse("apply_midterm", args=[straight.pk]) not in page and "中期" not in page
    answer = client.post(
        reverse("apply_final", args=[straight.pk]), {"progress": "计划 12 场，已办 12 场", "beneficiaries": "200"}
    )
    assert answer.status_code == 302
    straight.refresh_from_db()
    assert straight.state == State.IN_EVALUATION and list(the_mid_term_is_passed_by_a_report()) == []


def test_a_mid_term_report_is_refused(applicant: Any, straight: Venture) -> None:
    with pytest.raises(NotReady, match="本届设有中期评估"):
        delivery.hand_in_midterm(straight, by=applicant, progress="已办 6 场")


def test_only_the_final_report_is_due(straight: Venture) -> None:
    Venture.objects.filter(pk=straight.pk).update(starts_on=date(2026, 4, 1), ends_on=date(2026, 11, 30))
    assert not midterm(Venture.objects.all())
    assert [v.due_day for v in final(Venture.objects.all())] == [date(2026, 11, 30)]


def test_the_desk_finds_no_mid_term_to_assess(desk: SimpleNamespace, straight: Venture) -> None:
    page = body(signed_in(desk.clerk).get(reverse("desk_venture", args=[straight.pk])))
    assert "中期评估" not in page.split("<main", 1)[1]


@pytest.mark.breaks("the_mid_term_is_passed_by_a_report")
@pytest.mark.parametrize(
    "facts", [{"state": State.MID_TERM}, {"state": State.RECTIFYING}, {"midterm_passed_at": now()}]
)
def test_a_mid_term_in_such_a_round_breaks_a_law(straight: Venture, facts: dict[str, Any]) -> None:
    Venture.objects.filter(pk=straight.pk).delete()
    wrong = a_venture(**{"state": State.IN_DELIVERY, "round": straight.round, **facts})
    assert [v for v, __ in the_mid_term_is_passed_by_a_report()] == [wrong]
