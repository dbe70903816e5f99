"""A set is made: first the database, then every file that it names; it gets its name when it is whole.

Files never change and lose their row before they go, so that what was written after the moment of the database is not
missed. A file that is gone by the time it is copied was removed meanwhile: then its row is gone as well, and the set
begins anew with the database as it is now. If the row is still there, the store has lost the file or it was damaged: the
set says so, and a backup of all the rest is better than none.

Files that the last set has are linked to it, not copied again: a night costs the new files and a reading of all. Nothing
is linked to the store itself, so that what happens to the store does not happen to its backups.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from common.backup import manifest
from common.backup.copying import Part, copy, make_folder, seal, sync_tree
from common.backup.engines import engine
from common.backup.errors import BackupFailed
from common.backup.manifest import Manifest
from common.clock import now
from common.files.disk import lock_file, sha256_of, sync_folder
from common.kept_files import Keeper, KeptFile, keepers

SETS, UNFINISHED = "hongchuang-", ".making-"
FILES, KEY = "files", "secret_key"
ATTEMPTS = 3  # so often files may be removed while a set is made

Progress = Callable[[int, int], None]


class _Removed(Exception):
    """A file and its row went away between the dump and the copying."""


@dataclass(frozen=True)
class Made:
    folder: Path
    manifest: Manifest
    digest: str


def home() -> Path:
    return Path(settings.BACKUP_DIR)


def sets() -> list[Path]:
    """The finished sets, the oldest first."""
    return sorted(path for path in home().glob(f"{SETS}*") if path.is_dir())


def make(progress: Progress = lambda done, total: None) -> Made:
    """Make a set, then remove those that are older than BACKUP_KEEP days. BackupFailed: there is none."""
    make_folder(home())
    with _alone():
        for left in home().glob(f"{UNFINISHED}*"):  # of one that was killed
            shutil.rmtree(left)
        for _attempt in range(ATTEMPTS):
            try:
                made = _make(progress)
            except _Removed:
                continue
            _remove_old()
            return made
    raise BackupFailed(_("Files were removed again and again while they were backed up. Please try once more."))


@contextmanager
def _alone() -> Iterator[None]:
    with (home() / ".lock").open("w") as file:
        if not lock_file(file):
            raise BackupFailed(_("Another backup is being made in %(folder)s.") % {"folder": home()})
        yield


def _make(progress: Progress) -> Made:
    moment = now()
    name = _stamp(moment)
    folder = home() / f"{UNFINISHED}{name}"
    folder.mkdir(mode=0o700)
    try:
        database = folder / engine().PART
        applied, asked = manifest.applied(), keepers()
        files, rows = engine().dump(database, asked, _tables())
        parts = {database.name: seal(database)}
        if _key_is_ours():
            parts[KEY] = copy(Path(settings.SECRET_KEY_FILE), folder / KEY)
        copied, damaged = _copy_files(files, folder, asked, progress)
        told = Manifest(
            made_at=moment.isoformat(),
            engine=connection.vendor,
            migrations=applied,
            schema=manifest.schema(),
            key=manifest.key_in_use(),
            rows=rows,
            damaged=damaged,
            parts={**parts, **copied},
        )
        digest = manifest.store(told, folder)
        sync_tree(folder)
        final = home() / f"{SETS}{name}"
        os.rename(folder, final)
        sync_folder(home())
        return Made(final, told, digest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_files(
    files: Sequence[KeptFile], folder: Path, asked: Sequence[Keeper], progress: Progress
) -> tuple[dict[str, Part], list[str]]:
    """The parts, and the files that the store had lost before."""
    last = sets()[-1] if sets() else None
    parts, damaged = {}, []
    for n, file in enumerate(files):
        progress(n, len(files))
        name = f"{FILES}/{file.path}"
        part = Part(file.size, file.sha256)
        if _link(last, name, folder, part) or _copied(file, folder / name):
            parts[name] = part
        elif any(keeper.still_keeps(file) for keeper in asked):
            damaged.append(file.path)
        else:
            raise _Removed
    progress(len(files), len(files))
    return parts, damaged


def _link(last: Path | None, name: str, folder: Path, part: Part) -> bool:
    """Take the file from the last set, if it has it and it is still what it was."""
    old = last and last / name
    if not old or not old.is_file() or old.stat().st_size != part.size or sha256_of(old) != part.sha256:
        return False
    make_folder((folder / name).parent)
    try:
        os.link(old, folder / name)
    except OSError:  # a file system that has no links, or no more of them
        return False
    return True


def _copied(file: KeptFile, target: Path) -> bool:
    """Copy it from the store. False: it is not there, or not what its row says."""
    try:
        if copy(Path(settings.MEDIA_ROOT) / file.path, target) == Part(file.size, file.sha256):
            return True
    except FileNotFoundError:
        pass
    target.unlink(missing_ok=True)
    return False


def _remove_old() -> None:
    """Sets that are older than BACKUP_KEEP days; the last one stays, however old."""
    until = now() - timedelta(days=settings.BACKUP_KEEP)
    for old in sets()[:-1]:
        if old.name.removeprefix(SETS) < _stamp(until):
            gone = old.with_name(f"{UNFINISHED}{old.name}")
            os.rename(old, gone)  # half a set has no name
            shutil.rmtree(gone)


def _stamp(moment: datetime) -> str:
    """A name that sorts by time."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S-%f}"


def _tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _key_is_ours() -> bool:
    """Whether SECRET_KEY is the one that lies in var/. One from the environment is kept by whoever gave it."""
    path = Path(settings.SECRET_KEY_FILE)
    return path.is_file() and path.read_text() == settings.SECRET_KEY
