import threading
import pytest
from tests import factories as f
from django.db import connection
from common.models import JournalEntry, record
from common.door import move
from common.actors import SYSTEM
from ventures.models import Venture

@pytest.mark.django_db(transaction=True)
def test_a():
    v = f.a_venture("submitted"); f.answer_all_checks(v)
    move(v, "accept", by=f.a_user("clerk"))
    assert JournalEntry.objects.count() == 1
    with pytest.raises(Exception):
        JournalEntry.objects.all().delete()

@pytest.mark.django_db(transaction=True)
def test_b():
    assert JournalEntry.objects.count() == 0
    v = f.a_venture("submitted"); record(v, "x", by=SYSTEM)
    with pytest.raises(Exception):
        JournalEntry.objects.all().delete()

@pytest.mark.django_db
def test_c():
    assert Venture.objects.count() == 0
    print(connection.settings_dict["NAME"])
@pytest.mark.django_db
@pytest.mark.parametrize("s", [s.value for s in __import__("ventures.states").states.State])
def test_all(s):
    f.a_venture(s)
