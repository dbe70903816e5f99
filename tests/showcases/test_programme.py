from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from common import clock
from showcases import actions, queries
from tests.factories import moment
from tests.showcases.steps import ENDS, exhibited, held, planned

pytestmark = pytest.mark.engines


def test_times_of_the_programme_follow_from_the_minutes(world):
    event = planned(world)
    for title, minutes in (
        ("领导致辞", 10),
        ("项目宣讲", 45),
        ("发布第四届公益创投", 15),
    ):
        actions.add_programme_item(event, by=world.clerk, title=title, minutes=minutes)
    slots = queries.programme_of(event)
    assert [(f"{localtime(s.starts_at):%H:%M}", s.item.title) for s in slots] == [
        ("14:00", "领导致辞"), ("14:10", "项目宣讲"), ("14:55", "发布第四届公益创投"),
    ]  # fmt: skip
    assert slots[-1].ends_at == moment("2020-12-07 15:10")
    assert queries.overrun(event, slots) == timedelta(minutes=-110)


def test_an_empty_programme_overruns_nothing(world):
    event = planned(world)
    assert queries.overrun(event, queries.programme_of(event)) == timedelta(hours=-3)


@pytest.mark.parametrize("n", [1, 3])
def test_the_programme_takes_1_query(world, n, django_assert_num_queries):
    event = planned(world)
    for _ in range(n):
        venture = exhibited(world, event)
        actions.add_programme_item(
            event,
            by=world.clerk,
            title="宣讲",
            venture=venture,
            launches=world.launched,
        )
    with django_assert_num_queries(1):
        for slot in queries.programme_of(event):
            assert str(slot.item.venture.organization) and str(slot.item.launches)


@pytest.mark.parametrize("n", [1, 3])
def test_exhibits_take_1_query_and_keep_their_order(world, n, django_assert_num_queries):
    event = planned(world)
    ventures = [exhibited(world, event) for _ in range(n)]
    with django_assert_num_queries(1):
        exhibits = list(queries.exhibits_of(event))
        assert [(e.venture, str(e.venture.organization), str(e.venture.round)) for e in exhibits] == [
            (v, str(v.organization), str(v.round)) for v in ventures
        ]


@pytest.mark.parametrize("n", [1, 3])
def test_public_events_take_3_queries_with_their_rounds(world, n, django_assert_num_queries):
    for _ in range(n):
        actions.announce(planned(world), by=world.clerk)
    planned(world)
    with django_assert_num_queries(3):
        events = list(queries.public_events())
        assert len(events) == n
        assert all(str(r) for e in events for r in [*e.shows.all(), *e.launches.all()])


def test_the_next_event_is_the_announced_one_that_is_not_over(world):
    assert queries.next_event() is None
    event = actions.announce(planned(world), by=world.clerk)
    assert queries.next_event() == event
    with clock.at(ENDS + timedelta(minutes=1)):
        assert queries.next_event() is None
    held(world, event)
    assert queries.next_event() is None
