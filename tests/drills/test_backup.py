"""A set is made of an installation at work, comes back into an empty one, and is refused when it is not what it was."""

import hashlib
import json
import shutil
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.drills.backing_up import back_up, database, file, people
from tests.drills.house import House, Template, free_port
from tests.waiting import DEADLINE, wait_until

pytestmark = pytest.mark.engines

CYCLES = 10
SUMMARY = "__import__('ventures.models').models.Application.objects.get().summary"
FILES = "[(f.path, f.size, f.sha256) for f in StoredFile.objects.order_by('path')]"
ROWS = (
    "(lambda c: {{t: (c.execute('select count(*) from ' + t), c.fetchone()[0])[1] for t in {tables}}})"
    "(jobs.connection.cursor())"
)
# What a backup itself writes after its own moment, and who is logged in.
NOT_COMPARED = ("common.job", "common.journalentry", "sessions")


def restored(folder: Path, var: Path, template: Template, programs: dict[str, str]) -> House:
    house = House(var, **template.empty(), **programs)
    house.manage("restore", str(folder))
    return house


def everything(house: House) -> Any:
    excluded = [word for name in NOT_COMPARED for word in ("--exclude", name)]
    return sorted(json.loads(house.manage("dumpdata", "--all", *excluded)), key=lambda row: json.dumps(row["pk"]))


def files_are_whole(house: House) -> int:
    """Every file that a row names lies there as it was handed in, and no other; how many."""
    store = house.var / "files" / "stored"
    named = house.ask(FILES)
    for path, size, sha256 in named:
        content = (store / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)
    assert sum(path.is_file() for path in store.rglob("*")) == len(named)
    return len(named)


def test_what_was_backed_up_comes_back_row_by_row_and_byte_by_byte(
    at_work: House, tmp_path: Path, template: Template, programs: dict[str, str]
) -> None:
    whole = back_up(at_work)
    house = restored(whole, tmp_path, template, programs)
    assert everything(house) == everything(at_work)
    assert files_are_whole(house) == len(at_work.ask(FILES)) > 0
    assert (house.var / "secret_key").read_text() == (at_work.var / "secret_key").read_text()
    with pytest.raises(AssertionError, match=r"数据库中已有用户|people in this database"):
        house.manage("restore", str(whole))


def test_a_set_can_be_read_by_its_owner_only(whole: Path) -> None:
    assert {oct(p.stat().st_mode & 0o777) for p in [whole, *whole.rglob("*")] if p.is_dir()} == {"0o700"}
    assert {oct(p.stat().st_mode & 0o777) for p in whole.rglob("*") if p.is_file()} == {"0o600"}


def cycle(at_work: House, var: Path, template: Template, programs: dict[str, str]) -> tuple[int, int]:
    """Back up while people work and restore. (the last save that was confirmed before, the last that came back)"""
    saving = people(at_work, "save")
    confirmed: list[int] = []
    reader = threading.Thread(target=lambda: confirmed.extend(map(int, saving.stdout or ())), daemon=True)
    reader.start()
    try:
        wait_until(lambda: confirmed, "people have come")
        wait_until(lambda: len(confirmed) > 5, "people work")
        before = confirmed[-1]
        folder = back_up(at_work)
        wait_until(lambda n=confirmed[-1]: confirmed[-1] > n, "people still work")  # type: ignore[misc]
    finally:
        saving.send_signal(signal.SIGKILL)
        saving.wait(timeout=DEADLINE)
        reader.join(timeout=DEADLINE)
    house = restored(folder, var, template, programs)
    told = json.loads((folder / "manifest.json").read_text())
    assert house.ask(ROWS.format(tables=list(told["rows"]))) == told["rows"]
    assert files_are_whole(house) == told["rows"]["common_storedfile"]
    assert "✗" not in house.manage(
        "check_invariants", "every_stored_file_is_on_the_disk", "every_workbook_is_on_the_disk"
    )
    return before, int(house.ask(SUMMARY))


def test_a_set_made_while_people_save_has_every_save_that_was_confirmed_before(
    at_work: House, tmp_path: Path, template: Template, programs: dict[str, str]
) -> None:
    before, came_back = cycle(at_work, tmp_path, template, programs)
    assert came_back >= before


@pytest.mark.slow
@pytest.mark.parametrize("n", range(CYCLES))
def test_ten_sets_made_while_people_save_have_every_save_that_was_confirmed_before(
    n: int, at_work: House, tmp_path: Path, template: Template, programs: dict[str, str]
) -> None:
    before, came_back = cycle(at_work, tmp_path, template, programs)
    assert came_back >= before


def test_a_backup_that_is_killed_half_way_leaves_nothing_that_can_be_restored(
    tmp_path: Path, template: Template, programs: dict[str, str]
) -> None:
    house = House(tmp_path, **template.copy(tmp_path), **programs)
    people(house, "prepare").communicate(timeout=DEADLINE)
    process = people(house, "stuck")
    assert process.stdout and process.stdout.readline().strip() == "stuck"
    with pytest.raises(AssertionError, match=r"正在进行另一次备份|Another backup"):
        house.manage("backup")
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=DEADLINE) == -signal.SIGKILL

    [left] = [path for path in (tmp_path / "backups").iterdir() if path.is_dir()]
    assert database(left).exists() and file(left).exists(), "it was killed with all its parts in place"
    with pytest.raises(AssertionError, match=r"不是完整的备份|no finished backup"):
        house.manage("restore", str(left))
    made = back_up(house)  # and the next one clears it away
    assert [path for path in (tmp_path / "backups").iterdir() if path.is_dir()] == [made]


def test_a_restore_that_fails_at_the_database_leaves_nothing_and_may_be_tried_again(
    whole: Path, tmp_path: Path, template: Template, programs: dict[str, str]
) -> None:
    folder = tmp_path / whole.name
    shutil.copytree(whole, folder)
    var = tmp_path / "var"
    var.mkdir()
    house = House(var, **template.empty(), **programs)
    house.ask("1")
    key = (var / "secret_key").read_text()
    if connection.vendor == "sqlite":
        (var / "hongchuang.sqlite3.restoring").mkdir()
        (var / "hongchuang.sqlite3.restoring" / "in the way").touch()
        with pytest.raises(AssertionError, match=r"未恢复|Nothing was restored"):
            house.manage("restore", str(folder))
        shutil.rmtree(var / "hongchuang.sqlite3.restoring")
    else:
        with pytest.raises(AssertionError, match="pg_restore"):
            house.manage("restore", str(folder), PG_BIN=str(without_pg_restore(tmp_path)))
    assert not any(path.is_file() for path in (var / "files").rglob("*"))
    assert (var / "secret_key").read_text() == key
    house.manage("restore", str(folder))
    assert files_are_whole(house) == 1


def without_pg_restore(folder: Path) -> Path:
    """A folder with a pg_restore that fails half-way."""
    path = folder / "bin"
    path.mkdir()
    (path / "pg_restore").write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    (path / "pg_restore").chmod(0o755)
    return path


def test_nothing_is_restored_below_a_site_that_is_being_served(at_work: House, house: House) -> None:
    folder = back_up(at_work)
    house.serve(free_port())
    with pytest.raises(AssertionError, match=r"请先停止|Stop it first"):
        house.manage("restore", str(folder))
