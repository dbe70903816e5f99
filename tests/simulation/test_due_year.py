"""A year, morning by morning: of sixty ventures every due date is marked, reminded of and shown to who has it on the right
day; nobody gets more than one message a day, and silent days are silent.

Every day a drawn handful of the ventures is played, and of the year the weeks around what is due of them.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Notification, Role, User
from common import clock
from common.models import OutboxMessage
from common.site.todo import todo
from tests.corpus.draw import is_drawn
from tests.factories import moment
from tests.reminding import morning_of
from tests.simulation.due_year import BEGINS, EACH, ENDS, FATES, Thing, World, make_world
from tests.web.desk_world import body, signed_in
from ventures.models import Venture

pytestmark = pytest.mark.django_db

VENTURES = [(fate, n) for fate in FATES for n in range(EACH)]
HANDFUL, MOST = 20, 2  # one in so many, and no more than so many


def play(things: Collection[Thing], world: World, days: Collection[date]) -> int:
    """Every morning as it has to be, then what is done that day. Returns how many messages there were."""
    messages = 0
    for day in days:
        before = _last()
        mail.outbox.clear()
        morning_of(day)
        found = list(Notification.objects.filter(pk__gt=before, key__contains=":due:"))
        assert not [u for u, n in Counter(m.user_id for m in found).items() if n > 1], f"{day}: two messages"
        told = {(m.user_id, line) for m in found for line in m.text.splitlines() if "期限为" in line}
        _compare(day, things, told)
        by_mail = [m for m in mail.outbox if "期限为" in m.body]
        assert len(by_mail) == len(found), f"{day}: each message is one mail"
        messages += len(found)
        _look(day, things, world)
        with clock.at(moment(f"{day} 14:00")):
            for thing in things:
                if thing.done_on == day:
                    thing.do()
        _throw_away_what_the_moves_say(day)
    return messages


def _last() -> int:
    return Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _compare(day: date, things: Collection[Thing], told: set[tuple[int, str]]) -> None:
    expected = {(user.pk, f"{t.thing}：{t.what}，期限为 {t.due}，") for t in things for user in t.told(day)}
    begun = {(user, line[: line.index("，", line.index("期限为")) + 1]) for user, line in told}
    assert begun == expected, f"{day}: {begun ^ expected}"


def _look(day: date, things: Collection[Thing], world: World) -> None:
    """On the days on which a mark changes: the list of the desk, and what waits for the applicant."""
    turning = [t for t in things if isinstance(t.thing, Venture) and t.mark(day) != t.mark(day - timedelta(1))]
    if not turning:
        return
    with clock.at(moment(f"{day} 09:00")):
        client = signed_in(world.clerk)
        for mark in ("soon", "overdue"):
            page = body(client.get(reverse("desk_ventures"), {"due": mark}))
            for thing in turning:
                # A draft is the applicant's own.
                shown = thing.mark(day) == mark and not thing.name.startswith("draft")
                assert (f"{thing.thing}<" in page) == shown, (day, thing.name, mark)
        for thing in turning:
            if thing.mark(day) and not thing.is_refused and _has_a_list(thing.holders):
                # The desk has a row for all of a kind, with the first of their days.
                rows = [i for i in todo(thing.holders[0]) if i.is_mine and i.due and i.due <= thing.due]
                mine = [i for i in rows if i.is_overdue == (thing.mark(day) == "overdue")]
                assert mine, (day, thing.name)
                assert thing.holders[0].role != Role.APPLICANT or [i.due for i in mine] == [thing.due]


def _has_a_list(holders: Sequence[User]) -> bool:
    """One person; the list of an expert comes from the panel's tasks (tests/reviews)."""
    return len(holders) == 1 and holders[0].role != Role.EXPERT


def _throw_away_what_the_moves_say(day: date) -> None:
    """The moves of the afternoon tell people, too; that is no reminder."""
    OutboxMessage.objects.filter(sent_at=None).update(sent_at=moment(f"{day} 15:00"))


def _people_have_mail() -> None:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.pk}@example.org")


def test_a_handful_of_ventures_is_reminded_of_on_the_right_days() -> None:
    drawn = [(fate, n) for fate, n in VENTURES if is_drawn(f"{fate.__name__} {n}", HANDFUL)] or VENTURES[:1]
    with clock.at(moment("2019-12-31 10:00")):
        world = make_world()
        things = [thing for fate, n in drawn[:MOST] for thing in fate(world, n)]
        _people_have_mail()
    _throw_away_what_the_moves_say(BEGINS)
    days = sorted({day for thing in things for day in thing.window if BEGINS <= day <= ENDS})
    assert play(things, world, days) > 0


@pytest.mark.slow
def test_a_year_of_sixty_ventures_morning_by_morning() -> None:
    with clock.at(moment("2019-12-31 10:00")):
        world = make_world()
        things = [thing for fate, n in VENTURES for thing in fate(world, n)]
        _people_have_mail()
    _throw_away_what_the_moves_say(BEGINS)
    assert Venture.objects.count() == 60
    days = [BEGINS + timedelta(n) for n in range((ENDS - BEGINS).days + 1)]
    assert play(things, world, days) > 100
