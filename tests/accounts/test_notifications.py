"""At least once in the outbox is exactly once for people."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import Notification
from accounts.notifications import deliver, notify
from common.machine.door import move
from common.models import JournalEntry, OutboxMessage
from common.work.outbox import drain
from tests.factories import a_user, a_venture, an_applicant, answer_all_checks
from ventures.notifications import tell_the_applicant

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_a_message_that_comes_twice_is_one_notification_and_one_mail() -> None:
    user = a_user(email="applicant@example.org")
    payload = {"user": user.pk, "text": "首期款已拨付", "url": "/apply/"}
    for __ in range(2):
        deliver("notify:1:entry:1", payload)
    drain()
    assert Notification.objects.filter(user=user).count() == 1
    assert len(mail.outbox) == 1


def test_a_move_that_is_told_twice_is_one_notification() -> None:
    applicant, organization = an_applicant()
    venture = a_venture("submitted", organization=organization)
    answer_all_checks(venture)
    move(venture, "accept", by=a_user("clerk"))
    payload = {"entry": JournalEntry.objects.of(venture).get().pk}
    for __ in range(2):
        tell_the_applicant("moved:1", payload)
    assert Notification.objects.filter(user=applicant).count() == 1


def test_the_database_keeps_a_notification_single() -> None:
    user = a_user()
    Notification.objects.create(user=user, key="moved:1", text="一")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(user=user, key="moved:1", text="二")


def test_the_same_message_is_not_put_twice() -> None:
    users = [a_user()]
    notify(users, "entry:1", "首期款已拨付")
    with pytest.raises(IntegrityError), transaction.atomic():
        notify(users, "entry:1", "首期款已拨付")
    assert OutboxMessage.objects.count() == 1


def test_who_has_left_is_not_told() -> None:
    user = a_user(is_active=False, email="gone@example.org")
    notify([user], "entry:1", "首期款已拨付")
    assert drain() == 1
    assert not Notification.objects.exists() and not mail.outbox


def test_a_reason_of_two_lines_still_goes_out_by_mail() -> None:
    user = a_user(email="applicant@example.org")
    deliver("notify:1:claim:1", {"user": user.pk, "text": "需退回 10.00 元。原因:\n一、未开展活动", "url": ""})
    drain()
    assert [m.subject for m in mail.outbox] == ["需退回 10.00 元。原因: 一、未开展活动"]
    assert not OutboxMessage.objects.exclude(error="").exists()
