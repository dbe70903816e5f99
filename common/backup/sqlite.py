"""SQLite: its online backup, which is one moment of the database whoever writes meanwhile (a copied file is none: what was
confirmed last still lies in the -wal beside it)."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from common.backup.copying import copy
from common.backup.errors import BackupFailed
from common.files.disk import sync_folder
from common.kept_files import Keeper, KeptFile

PART = "database.sqlite3"


def dump(target: Path, keepers: Sequence[Keeper], tables: Sequence[str]) -> tuple[list[KeptFile], dict[str, int]]:
    """Write the database to `target`; the files that it names, and how many rows each table has, both as in the copy."""
    with (
        closing(sqlite3.connect(f"{_path().resolve().as_uri()}?mode=ro", uri=True, timeout=20)) as source,
        closing(sqlite3.connect(target)) as copied,
    ):
        source.backup(copied)  # all pages in one step: a reader that WAL lets nobody wait for
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if (said := copied.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise BackupFailed(_("The copy of the database is damaged: %(said)s") % {"said": said})
        files = [keeper.file(*row) for keeper in keepers for row in copied.execute(keeper.select())]
        return files, {table: copied.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def restore(part: Path) -> None:
    """Put the copy in the place of the empty database, at once."""
    path = _path()
    incoming = path.with_name(f"{path.name}.restoring")
    incoming.unlink(missing_ok=True)
    copy(part, incoming)
    connection.close()
    for beside in ("-wal", "-shm"):  # of the empty one
        path.with_name(path.name + beside).unlink(missing_ok=True)
    os.replace(incoming, path)
    sync_folder(path.parent)


def _path() -> Path:
    return Path(connection.settings_dict["NAME"])
