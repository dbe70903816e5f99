"""What a set says of itself, and the reasons for which it is refused.

The hashes find damage: a bit that fell over, a copy that was cut. Whoever can write the set can also write its hashes;
against that stands the digest of the manifest, which the job and the journal of the installation keep.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common.backup.copying import Part, names_in, write
from common.backup.errors import SetRefused
from common.files.disk import sha256_of

NAME = "manifest.json"
DIGEST = "manifest.json.sha256"  # as `sha256sum --check` reads it
FORMAT, VERSION = "hongchuang backup", 1


@dataclass(frozen=True)
class Manifest:
    made_at: str
    engine: str
    migrations: dict[str, list[str]]  # app → what was applied
    schema: str  # the tables as the code knew them: an initial migration may be made anew under its old name
    key: str  # a fingerprint of SECRET_KEY
    rows: dict[str, int]  # table → how many, at the moment of the set
    damaged: list[str]  # files that the store had lost before
    parts: dict[str, Part] = field(default_factory=dict)
    format: str = FORMAT
    version: int = VERSION

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts.values())


def applied() -> dict[str, list[str]]:
    """The migrations that this database has had."""
    return _by_app(MigrationRecorder(connection).applied_migrations())


def known() -> dict[str, list[str]]:
    """The migrations that this code has."""
    return _by_app(MigrationLoader(None).disk_migrations)


def _by_app(migrations: Mapping[tuple[str, str], Any]) -> dict[str, list[str]]:
    apps_: dict[str, list[str]] = {}
    for app, name in sorted(migrations):
        apps_.setdefault(app, []).append(name)
    return apps_


def schema() -> str:
    """A hash of every column that the code expects in this engine."""
    columns = [
        f"{model._meta.db_table}.{column.column} {column.db_type(connection)}"
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.local_concrete_fields
    ]
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()


def fingerprint(key: str) -> str:
    """Tells whether two keys are the same, and nothing else of them."""
    return salted_hmac("common.backup.key", "", secret=key, algorithm="sha256").hexdigest()[:16]


def store(manifest: Manifest, folder: Path) -> str:
    """Write it and its digest, which is returned."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    digest = write(text + "\n", folder / NAME).sha256
    write(f"{digest}  {NAME}\n", folder / DIGEST)
    return digest


def read(folder: Path) -> Manifest:
    """The manifest of a set that is whole and fits this installation. SetRefused with the first reason otherwise."""
    manifest = _understood(folder)
    for reason in chain(_foreign(manifest), _damage(manifest, folder)):  # the first; each may rely on those before it
        raise SetRefused(reason)
    return manifest


def _understood(folder: Path) -> Manifest:
    if not (folder / NAME).is_file() or folder.name.startswith("."):
        raise SetRefused(_("%(folder)s is no finished backup: it has no manifest.") % {"folder": folder})
    digest = (folder / DIGEST).read_text(errors="replace") if (folder / DIGEST).is_file() else ""
    if digest.split() != [sha256_of(folder / NAME), NAME]:
        raise SetRefused(_("The manifest of the backup does not agree with its own hash: it was changed or damaged."))
    try:
        told = json.loads((folder / NAME).read_bytes())
        if (told["format"], told["version"]) != (FORMAT, VERSION):
            raise ValueError
        told["parts"] = {name: Part(**part) for name, part in told["parts"].items()}
        return Manifest(**told)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SetRefused(
            _("The folder is no backup of this system, or one in a form that this version does not know.")
        ) from None


def _foreign(manifest: Manifest) -> Iterator[str]:
    if manifest.engine != connection.vendor:
        yield _("The backup is of %(theirs)s, this installation uses %(ours)s (DATABASE_URL).") % {
            "theirs": manifest.engine, "ours": connection.vendor,
        }  # fmt: skip
    ours, theirs = known(), manifest.migrations
    for app in sorted(ours.keys() | theirs.keys()):
        here, there = ours.get(app, []), theirs.get(app, [])
        if here != there:
            yield _(
                "The backup was made by another version: the migrations of “%(app)s” end with %(theirs)s there and with %(ours)s here. Restore it with the version that made it, then update."
            ) % {"app": app, "theirs": (there or ["–"])[-1], "ours": (here or ["–"])[-1]}
    if manifest.schema != schema():
        yield _(
            "The backup was made by another version: its tables have other columns. Restore it with the version that made it, then update."
        )


def _damage(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Each part that is missing, too much, or not what it was. The names are only those that were found in the folder:
    one that points out of it is never opened."""
    found = set(names_in(folder)) - {NAME, DIGEST}
    for name in sorted(manifest.parts.keys() - found):
        yield _("“%(name)s” is missing in the backup.") % {"name": name}
    for name in sorted(found - manifest.parts.keys()):
        yield _("“%(name)s” lies in the backup, and its manifest does not know it.") % {"name": name}
    for name, part in manifest.parts.items():
        file = folder / name
        if file.is_symlink() or file.stat().st_size != part.size or sha256_of(file) != part.sha256:
            yield _("“%(name)s” of the backup is damaged: it is not what was backed up.") % {"name": name}


def key_in_use() -> str:
    return fingerprint(settings.SECRET_KEY)
