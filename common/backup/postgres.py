"""PostgreSQL: pg_dump and pg_restore, which come with the server. PG_BIN says where they are when PATH does not."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from common.backup.errors import BackupFailed, RestoreFailed
from common.kept_files import Keeper, KeptFile
from common.snapshot import snapshot

PART = "database.dump"
SAID = 2000  # characters of what a program says


def dump(target: Path, keepers: Sequence[Keeper], tables: Sequence[str]) -> tuple[list[KeptFile], dict[str, int]]:
    """Write the database to `target`; the files that it names, and how many rows each table has. pg_dump reads the
    snapshot of our transaction, so that all three are of one moment."""
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        [of_this_moment] = cursor.fetchone()
        said = _run("pg_dump", "--format=custom", f"--snapshot={of_this_moment}", f"--file={target}")
        if said is not None:
            raise BackupFailed(_("pg_dump has failed: %(said)s") % {"said": said})
        files, rows = [], {}
        for keeper in keepers:
            cursor.execute(keeper.select())
            files += [keeper.file(*row) for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            [rows[table]] = cursor.fetchone()
        return files, rows


def restore(part: Path) -> None:
    """In one transaction, in the place of the empty tables."""
    connection.close()
    how = ("--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner", "--no-privileges")
    if (said := _run("pg_restore", *how, str(part))) is not None:
        raise RestoreFailed(_("pg_restore has failed, nothing was restored: %(said)s") % {"said": said})


def _run(program: str, *words: str) -> str | None:
    """None, or what it said when it failed. Django knows how psql is called for this database; these are called alike."""
    path = shutil.which(program, path=settings.PG_BIN or None)
    if path is None:
        raise BackupFailed(
            _(
                "%(program)s is not here. Install the client programs of PostgreSQL, or name their folder in PG_BIN."
            ) % {"program": program}
        )  # fmt: skip
    [_psql, *where, database], env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [path, *where, f"--dbname={database}", "--no-password", *words]
    done = subprocess.run(command, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()[:SAID]
