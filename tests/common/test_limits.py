"""What a limit says to who is refused, in its three kinds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from common import clock
from common.clock import now
from common.errors import TooMany
from common.limits import AtOnce, Rate, Stock, held, limits, take
from common.limits.kinds import _limits, declared
from common.models import Taken
from common.site.web import domain_error

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

REFUSAL = "%(n)s within %(m)s minutes, again in %(left)s"
RATE = Rate("cakes", "cakes of a child", per=("child", "shop"), most=2, minutes=10, refusal=REFUSAL)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_each_has_the_limit_by_itself_and_the_refused_one_reads_rule_number_and_when() -> None:
    start = now()
    with clock.at(start):
        for child in ("a", "b", "A"):
            take(RATE, child=child, shop=1)
        take(RATE, child="a", shop=2)
    with clock.at(start + timedelta(minutes=7.5)), pytest.raises(TooMany) as refused:
        take(RATE, child="a", shop=1)
    assert str(refused.value) == "2 within 10 minutes, again in 3 minutes"
    assert refused.value.retry_after == "150"
    with clock.at(start + timedelta(minutes=10)):
        take(RATE, child="a", shop=1)


def test_a_refused_one_writes_nothing(django_assert_num_queries: Any) -> None:
    for __ in range(2):
        take(RATE, child="a", shop=1)
    with django_assert_num_queries(1), pytest.raises(TooMany):
        take(RATE, child="a", shop=1)
    assert Taken.objects.get().count == 2


def test_a_limit_is_asked_by_what_it_is_per() -> None:
    with pytest.raises(TypeError, match="per child, shop, not per child"):
        take(RATE, child="a")


def test_a_stock_is_what_is_there() -> None:
    stock = Stock("eggs", "eggs", per=("hen",), most=3, refusal="%(n)s eggs", present=lambda hen: len(hen))
    take(stock, hen="ab")
    take(stock, hen="a", more=2)
    with pytest.raises(TooMany, match="3 eggs"):
        take(stock, hen="ab", more=2)


def test_what_is_under_way_makes_room_when_it_ends_however_it_ends() -> None:
    limit = AtOnce("looks", "looks", per=("who",), most=1, refusal="%(n)s at once")
    with held(limit, who=1), held(limit, who=2), pytest.raises(TooMany, match="1 at once"), held(limit, who=1):
        pass
    with pytest.raises(ZeroDivisionError), held(limit, who=1):
        1 / 0  # noqa: B018
    with held(limit, who=1):
        pass


def test_too_many_is_a_page_of_429_that_says_when_to_come_back() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    answer = domain_error(request, TooMany("Not so fast.", timedelta(seconds=61.5)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "62")
    assert "Not so fast." in answer.content.decode()


def test_a_name_stands_once_in_the_table() -> None:
    known = limits()[0]
    with pytest.raises(ValueError, match=known.name):
        declared(known)
    assert list(_limits) == [limit.name for limit in _limits.values()]
