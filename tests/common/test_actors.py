"""Who did something: the person, and the name of that moment."""

import pytest

from common.machine.actors import LONGEST_NAME, SYSTEM, Stamped, name_of, stamp
from common.models import JournalEntry, record
from tests.factories import a_round, a_user


def test_nobody_stands_behind_the_clock_but_it_has_a_name() -> None:
    assert stamp(SYSTEM) == {"by_id": None, "by_name": str(SYSTEM)}


def test_a_stamp_says_in_which_part_somebody_acted() -> None:
    assert stamp(SYSTEM, "requested_by") == {"requested_by_id": None, "requested_by_name": str(SYSTEM)}


@pytest.mark.django_db
def test_a_row_keeps_the_name_of_its_moment() -> None:
    clerk, round_ = a_user("clerk", name="旧名"), a_round(rules=False)
    entry = record(round_, "look", by=clerk)
    type(clerk).objects.filter(pk=clerk.pk).update(name="新名")
    assert (entry.by_id, JournalEntry.objects.get(pk=entry.pk).by_name) == (clerk.pk, "旧名")


def test_every_column_of_names_holds_the_longest() -> None:
    long = type("Somebody", (), {"__str__": lambda self: "名" * 300, "pk": 1})()
    assert len(name_of(long)) == LONGEST_NAME
    assert all(m._meta.get_field("by_name").max_length == LONGEST_NAME for m in Stamped.__subclasses__())
