"""A set that is not what it was, or does not belong here, is refused before anything is touched."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.drills.backing_up import database, file
from tests.factories import a_user

# Hashes and names are the same whatever the engine.
pytestmark = pytest.mark.django_db


def change_a_byte(folder: Path) -> None:
    for path in (database(folder), file(folder)):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def change_the_file(folder: Path) -> None:
    content = bytearray(file(folder).read_bytes())
    content[-1] ^= 1
    file(folder).unlink()
    (folder / "files" / "x").write_bytes(content)
    retold(folder, parts=lambda p: {("files/x" if n.startswith("files/") else n): v for n, v in p.items()})


def cut(folder: Path) -> None:
    database(folder).write_bytes(database(folder).read_bytes()[:-1])


def lose_a_file(folder: Path) -> None:
    file(folder).unlink()


def add_a_file(folder: Path) -> None:
    (folder / "files" / "more.pdf").write_bytes(b"%PDF-1.4")


def change_the_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"damaged": []', '"damaged": ["x"]'))


def retold(folder: Path, **changes: Callable[[Any], Any]) -> None:
    """Write another manifest, with a hash that fits."""
    told = json.loads((folder / "manifest.json").read_text())
    text = json.dumps({**told, **{name: change(told[name]) for name, change in changes.items()}})
    (folder / "manifest.json").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "manifest.json.sha256").write_text(f"{digest}  manifest.json\n")


def name_another_format(folder: Path) -> None:
    retold(folder, format=lambda _: "somebody's backup")


def name_another_engine(folder: Path) -> None:
    retold(folder, engine=lambda _: "oracle")


def name_a_newer_migration(folder: Path) -> None:
    retold(folder, migrations=lambda m: {**m, "ventures": [*m["ventures"], "0002_newer"]})


def name_other_columns(folder: Path) -> None:
    retold(folder, schema=lambda _: "0" * 64)


def point_outside(folder: Path) -> None:
    (folder.parent / "outside").write_bytes(b"")
    retold(folder, parts=lambda p: {**p, "../outside": {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}})


def lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def put_a_link(folder: Path) -> None:
    outside = folder.parent / "outside"
    file(folder).rename(outside)
    path = folder / next(n for n in json.loads((folder / "manifest.json").read_text())["parts"] if "files/" in n)
    path.symlink_to(outside)


DAMAGES = [
    (put_a_link, "damaged: it is not what was backed up"),
    (change_a_byte, "damaged: it is not what was backed up"),
    (change_the_file, "damaged: it is not what was backed up"),
    (cut, "damaged: it is not what was backed up"),
    (lose_a_file, "is missing in the backup"),
    (add_a_file, "its manifest does not know it"),
    (change_the_manifest, "does not agree with its own hash"),
    (name_another_format, "no backup of this system"),
    (name_another_engine, "is of oracle"),
    (name_a_newer_migration, "end with 0002_newer there"),
    (name_other_columns, "its tables have other columns"),
    (point_outside, "is missing in the backup"),
    (lose_the_manifest, "has no manifest"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=[damage.__name__ for damage, _ in DAMAGES])
def test_a_set_that_is_not_what_it_was_is_refused_before_anything_is_touched(
    whole: Path, tmp_path: Path, damage: Callable[[Path], None], said: str, settings: Any
) -> None:
    """Somebody is in the database: whatever is not refused for what it is would be refused for that."""
    a_user()
    settings.MIGRATION_MODULES = {}  # the tests themselves go without
    folder = tmp_path / "set" / whole.name
    shutil.copytree(whole, folder)
    damage(folder)
    with override("en"), pytest.raises(CommandError, match=said):
        call_command("restore", str(folder))
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_set_that_has_no_name_yet_is_refused(whole: Path, tmp_path: Path, settings: Any) -> None:
    a_user()
    settings.MIGRATION_MODULES = {}
    folder = tmp_path / f".making-{whole.name}"
    shutil.copytree(whole, folder)
    with override("en"), pytest.raises(CommandError, match="no finished backup"):
        call_command("restore", str(folder))
