"""A watcher learns which part does not work, and nothing else."""

import os
import shutil
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.models import OutboxMessage
from common.work import worker

pytestmark = pytest.mark.django_db

ALL = {"ok": True, "database": True, "disk": True, "workers": True, "messages": True}


@pytest.fixture(autouse=True)
def swept(settings, tmp_path):
    """A folder of data in which a worker has swept."""
    settings.VAR_DIR = tmp_path
    worker.give_sign_of_life()
    return tmp_path / "worker.alive"


def health():
    answer = Client().get(reverse("healthz"))
    found = answer.json()
    assert answer.status_code == (200 if found["ok"] else 503)
    assert set(found) == set(ALL)
    return {name for name, works in found.items() if not works} - {"ok"}


def a_mail(**fields):
    key = f"mail {OutboxMessage.objects.count()}"
    return OutboxMessage.objects.create(kind="reset_mail", key=key, payload={}, **fields)


def test_all_parts_work():
    assert health() == set()
    assert Client().get(reverse("healthz")).json() == ALL


def test_a_database_that_does_not_answer_is_told(monkeypatch):
    def refuse():
        raise DatabaseError("password of the database")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = Client().get(reverse("healthz"))
    assert answer.status_code == 503 and answer.json()["database"] is False
    assert "password" not in answer.content.decode()


def test_a_folder_that_cannot_be_written_is_told(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "gone"
    assert "disk" in health()


def test_a_full_disk_is_told_before_it_is_full(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12 - 10**8, 10**8))
    assert health() == {"disk"}


def test_without_a_worker_health_says_no(swept):
    os.utime(swept, (0, timezone.now().timestamp() - 301))
    assert health() == {"workers"}
    swept.unlink()
    assert health() == {"workers"}


def test_a_message_that_nobody_sends_is_told():
    a_mail(due_at=timezone.now() - timedelta(minutes=9))
    assert health() == set()
    a_mail(due_at=timezone.now() - timedelta(minutes=11))
    assert health() == {"messages"}


def test_a_mail_server_that_is_away_is_told_and_one_wrong_address_is_not():
    later = timezone.now() + timedelta(hours=1)
    for __ in range(2):
        a_mail(due_at=later, attempts=3)
    assert health() == set()
    a_mail(due_at=later, attempts=3)
    assert health() == {"messages"}
    a_mail(sent_at=timezone.now())  # mail goes out again
    assert health() == set()
