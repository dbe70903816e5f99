"""Backups night after night: what is shared, what is removed, what became of a file meanwhile, what the administrator reads."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import make_aware, now
from django.utils.translation import override

from accounts.models import Role
from common import clock
from common.backup import engines, making, nightly
from common.files import SCANS, path_of, remove, store
from common.models import Job, JournalEntry, StoredFile
from common.work.jobs import run_pending
from tests import parts
from tests.corpus.parts import pdf
from tests.factories import a_user


@pytest.fixture(autouse=True)
def _programs(request: pytest.FixtureRequest, settings: Any) -> None:
    if connection.vendor == "postgresql":
        request.getfixturevalue("transactional_db")
        settings.PG_BIN = parts.postgres_programs()


def a_file(name: str = "章程.pdf") -> StoredFile:
    return store(ContentFile(pdf(end=f"%% {name}\n%%EOF\n".encode()), name), by=a_user(), allowed=SCANS)


def back_up() -> Path:
    call_command("backup")
    return making.sets()[-1]


def in_set(folder: Path, stored: StoredFile) -> Path:
    return folder / "files" / "stored" / stored.path


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_sets_share_a_file_with_each_other_and_none_with_the_store() -> None:
    stored = a_file()
    first, second = back_up(), back_up()
    assert in_set(first, stored).samefile(in_set(second, stored))
    assert not in_set(first, stored).samefile(path_of(stored))


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_damaged_in_the_last_set_is_copied_again() -> None:
    stored = a_file()
    first = back_up()
    in_set(first, stored).write_bytes(b"x" * stored.size)
    assert in_set(back_up(), stored).read_bytes() == path_of(stored).read_bytes()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_file_removed_while_the_set_is_made_is_in_neither_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stays, goes = a_file("留.pdf"), a_file("去.pdf")
    engine = engines.engine()
    dump = engine.dump

    def then_it_is_removed(*args: Any) -> Any:
        files = dump(*args)
        StoredFile.objects.filter(pk=goes.pk).exists() and remove(goes)
        return files

    monkeypatch.setattr(engine, "dump", then_it_is_removed)
    made = making.make()
    assert in_set(made.folder, stays).exists() and not in_set(made.folder, goes).exists()
    assert (made.manifest.rows["common_storedfile"], made.manifest.damaged) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_a_file_that_the_store_has_lost_is_told_and_the_rest_is_backed_up(client: Client) -> None:
    stays, lost = a_file("留.pdf"), a_file("去.pdf")
    path_of(lost).unlink()
    folder = back_up()
    assert in_set(folder, stays).exists() and not in_set(folder, lost).exists()
    assert lost.path in today(client, Role.ADMIN)


@pytest.mark.django_db(transaction=True)
def test_sets_older_than_two_weeks_are_removed_but_never_the_last_one(settings: Any) -> None:
    old = back_up()
    with clock.at(now() + timedelta(13)):
        young = back_up()
    assert making.sets() == [old, young]
    with clock.at(now() + timedelta(15)):
        newest = back_up()
    assert making.sets() == [young, newest]
    with clock.at(now() + timedelta(90)):
        newest = back_up()
    assert making.sets() == [newest]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_pg_dump_a_sentence_says_what_to_install(settings: Any, tmp_path: Path) -> None:
    settings.PG_BIN = str(tmp_path)
    with override("en"), pytest.raises(CommandError, match="pg_dump is not here. Install the client programs"):
        call_command("backup")
    assert making.sets() == [] and "pg_dump" in Job.objects.get(kind=nightly.KIND).error


# --- Each night -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_is_made_each_night_after_three_o_clock_and_written_down() -> None:
    day = make_aware(datetime(2026, 3, 2))
    with clock.at(day + timedelta(hours=2)):
        assert nightly.ask_for_the_backup_of_the_day() == 0
    with clock.at(day + timedelta(hours=4)):
        assert [nightly.ask_for_the_backup_of_the_day() for _ in range(2)] == [1, 0]
        assert run_pending() == 1
    [folder] = making.sets()
    job = Job.objects.get(kind=nightly.KIND)
    assert (job.state, job.result["set"]) == ("done", folder.name)
    entry = JournalEntry.objects.get(verb="backup")
    assert (entry.subject_id, entry.facts["digest"]) == (20260302, job.result["digest"])
    assert (folder / "manifest.json.sha256").read_text().startswith(job.result["digest"])


@pytest.mark.django_db(transaction=True)
def test_who_has_made_one_today_needs_no_other_at_night() -> None:
    day = make_aware(datetime(2026, 3, 2))
    with clock.at(day + timedelta(hours=1)):
        back_up()
    with clock.at(day + timedelta(hours=4)):
        assert nightly.ask_for_the_backup_of_the_day() == 0
    with clock.at(day + timedelta(hours=28)):
        assert nightly.ask_for_the_backup_of_the_day() == 1


# --- Today ------------------------------------------------------------------------------------------------------------


def today(client: Client, role: Role) -> str:
    client.force_login(a_user(role))
    return client.get(reverse("desk_home"), headers={"accept-language": "en"}).content.decode()


def a_job(state: str, hours: int, **fields: Any) -> Job:
    result = {"damaged": []} if state == "done" else {}
    return Job.objects.create(
        kind=nightly.KIND, state=state, result=result, finished_at=now() - timedelta(hours=hours), **fields
    )


WARNS = 'role="alert"'


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "warns"), [(5, False), (25, False), (27, True)])
def test_today_tells_the_administrator_how_old_the_last_backup_is(client: Client, hours: int, warns: bool) -> None:
    a_job("done", hours)
    text = today(client, Role.ADMIN)
    assert f"{hours} 小时前" in text or f"The last backup is {hours} hours old" in text
    assert (WARNS in text) is warns


@pytest.mark.django_db
def test_today_warns_the_administrator_when_the_last_backup_failed_until_one_is_made(client: Client) -> None:
    a_job("done", 5)
    a_job("failed", 4, error="No space left on device")
    text = today(client, Role.ADMIN)
    assert "No space left on device" in text and WARNS in text
    a_job("done", 3)
    assert "No space left on device" not in today(client, Role.ADMIN)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER, Role.FINANCE, Role.SUPERVISOR, Role.OPERATOR])
def test_nobody_but_the_administrator_reads_of_backups_on_today(client: Client, role: Role) -> None:
    a_job("failed", 4, error="No space left on device")
    assert "No space left on device" not in today(client, role)


@pytest.mark.django_db
def test_today_warns_the_administrator_when_there_is_no_backup(client: Client) -> None:
    assert WARNS in today(client, Role.ADMIN)
