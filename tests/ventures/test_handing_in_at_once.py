"""Two people at one application in the moment in which it is handed in: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from common.errors import DomainError
from organizations.models import Membership
from tests.factories import a_round, a_user, a_venture, an_applicant
from tests.waiting import DEADLINE, somebody_waits_for_this_transaction, wait_until
from ventures import actions
from ventures.application.actions import applying as application
from ventures.application.content import ApplicationContent
from ventures.models import Submission, Venture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def two() -> tuple[Venture, User, User]:
    applicant, organization = an_applicant()
    colleague = a_user(name="张三")
    Membership.objects.create(user=colleague, organization=organization, part="editor")
    return a_venture(round=a_round(), organization=organization), applicant, colleague


def told(action: Callable[[], Any]) -> str:
    """Empty when it was done, else the sentence of the refusal."""
    try:
        action()
        return ""
    except DomainError as e:
        return str(e)
    finally:
        connection.close()


@pytest.mark.postgres  # SQLite has one writer at a time
def test_what_is_saved_while_it_is_handed_in_is_in_the_version_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    venture, applicant, colleague = two()
    everything_is_read, saved = Event(), Event()

    def read_everything(pk: int) -> None:
        everything_is_read.set()
        wait_until(
            lambda: saved.is_set() or somebody_waits_for_this_transaction(), "the colleague saves, or waits for us"
        )

    monkeypatch.setattr(application, "index_venture", read_everything)  # the last thing before the version is frozen

    def save() -> None:
        assert everything_is_read.wait(timeout=DEADLINE)
        row = Venture.objects.get(pk=venture.pk)
        actions.save_draft(row, by=colleague, values={"summary": "同事在最后一刻写的。"})
        saved.set()

    with ThreadPoolExecutor(2) as pool:
        handing_in = pool.submit(told, lambda: actions.submit(venture, by=applicant))
        saving = pool.submit(told, save)
        assert handing_in.result() == ""
        refused = saving.result()
    stored = ApplicationContent(Venture.objects.get(pk=venture.pk))
    assert Submission.objects.get().hash == stored.hash
    assert "待形式审查”，不能修改" in refused and stored.application.summary != "同事在最后一刻写的。"


def test_of_two_who_hand_in_one_application_at_once_one_is_told_who_was_first() -> None:
    venture, *people = two()
    together = Barrier(2)

    def hand_in(by: User) -> str:
        row = Venture.objects.get(pk=venture.pk)
        together.wait(timeout=DEADLINE)
        return told(lambda: actions.submit(row, by=by))

    with ThreadPoolExecutor(2) as pool:
        done, refused = sorted(pool.map(hand_in, people))
    assert done == "" and "先行办理" in refused
    assert Submission.objects.count() == 1 and Venture.objects.get().number == Submission.objects.get().receipt[:-2]
