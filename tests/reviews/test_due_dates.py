"""By when the panel scores: the experts and who runs the review know it, and the experts are reminded."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import Notification, Role
from common import clock
from common.machine.due import due_dates
from common.site.todo import todo
from reviews.models import Panel
from tests.factories import a_user, moment
from tests.reminding import morning_of
from tests.reviews.steps import Panelled
from ventures.models import Venture

pytestmark = pytest.mark.engines


@pytest.fixture
def review(begun: Callable[..., Panelled]) -> Panelled:
    with clock.at(moment("2026-05-01 10:00")):
        found = begun(experts=3, ventures=2)
        Panel.objects.filter(round=found.round).update(due_at=moment("2026-05-21 00:00"))
        return found


def told(review: Panelled) -> list[int]:
    """Reminders of each expert so far."""
    return [Notification.objects.filter(user=e, key__contains="due:").count() for e in review.experts]


def test_scores_that_are_due_at_24_are_due_on_the_day_that_ends(review: Panelled) -> None:
    found = due_dates(Venture.objects.all(), review.manager)
    assert [(d.kind.slug, d.on) for d in found] == [("scores", date(2026, 5, 20))] * 2
    with clock.at(moment("2026-05-18 10:00")):
        assert {(item.due, item.is_soon) for item in todo(review.experts[0])} == {(date(2026, 5, 20), True)}


def test_who_does_not_run_the_review_does_not_learn_that_scores_are_missing(review: Panelled) -> None:
    for role in (Role.APPLICANT, Role.OPERATOR, Role.FINANCE, Role.ADMIN):
        assert due_dates(Venture.objects.all(), a_user(role)) == []


def test_an_expert_is_reminded_in_one_message_of_what_is_still_to_be_scored(review: Panelled) -> None:
    review.score((80, 81, 82), venture=0)
    review.submit(0, 75, venture=1)
    morning_of("2026-05-12")
    assert told(review) == [0, 0, 0]
    morning_of("2026-05-13")
    assert told(review) == [0, 1, 1]
    for n in range(14, 19):
        morning_of(f"2026-05-{n}")
    assert told(review) == [0, 1, 1], "silent days are silent"
    morning_of("2026-05-19")
    assert told(review) == [0, 2, 2]
    text = Notification.objects.filter(user=review.experts[1]).latest("pk").text
    assert review.ventures[1].title in text and review.ventures[0].title not in text and "还剩 1 天" in text


def test_what_the_experts_have_not_scored_in_time_the_staff_is_told_of(review: Panelled) -> None:
    clerk = a_user(Role.CLERK)
    for n in range(13):
        morning_of(date(2026, 5, 19) + timedelta(n))
        expected = n >= 8
        assert Notification.objects.filter(user=clerk, text__contains="评审打分").exists() == expected, n
