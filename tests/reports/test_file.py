"""A file has its last name only when it is whole."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from common.machine.actors import SYSTEM
from reports import actions
from reports.writer import file
from tests.reports.conftest import path_of


def test_while_a_workbook_is_written_nothing_has_a_last_name(
    empty: Any, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, seen = file.fill, []

    def looking(*given: Any) -> None:
        fill(*given)
        seen.append([p.name for p in actions.folder().glob("*.xlsx")])

    monkeypatch.setattr(file, "fill", looking)
    make(empty)
    assert seen == [[]]
    assert len(list(actions.folder().glob("*.xlsx"))) == 1


def test_a_copy_that_breaks_off_has_no_proper_name(
    empty: Any, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = make(empty)

    def breaks_off(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:100])
        raise OSError("disk full")

    monkeypatch.setattr(actions.shutil, "copyfile", breaks_off)
    with pytest.raises(OSError, match="disk full"):
        actions.export(workbook, tmp_path / "out", by=SYSTEM)
    assert list((tmp_path / "out").glob("*.xlsx")) == []


def test_what_breaks_off_leaves_no_draft(empty: Any, clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*given: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(file, "fill", breaks_off)
    job = actions.request_workbook(empty.round, by=clerk)
    with pytest.raises(OSError, match="disk full"):
        actions.make_workbook(job, lambda done, total: None)
    assert list(actions.folder().iterdir()) == []


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_is_not_the_one_that_was_made_is_not_downloaded(
    empty: Any, make: Any, clerk: Any, client: Any, damage: str
) -> None:
    workbook = make(empty)
    if damage == "changed":
        path_of(workbook).write_bytes(b"something else")
    else:
        path_of(workbook).unlink()
    client.force_login(clerk)
    answer = client.get(reverse("desk_report_download", args=[workbook.pk]))
    assert answer.status_code == 409, answer
