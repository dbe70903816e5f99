"""A set comes back: into an empty installation, whole or not at all.

Everything is looked through before anything is touched. Then come the files, the key and, last, the database: as long as
it has nobody in it the installation is empty, and a restore that was killed is simply started again.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from common.backup import manifest
from common.backup.copying import Part, copy, make_folder, names_in, sync_tree
from common.backup.engines import engine, is_empty
from common.backup.errors import NotEmpty, SetRefused
from common.backup.making import FILES, KEY
from common.backup.manifest import Manifest
from common.files.disk import lock_file, sync_folder

UNDER_WAY = ".restoring"  # below MEDIA_ROOT, from the first file to the last row


def restore(folder: Path) -> Manifest:
    """Put the set into this installation. SetRefused, NotEmpty: nothing was touched; RestoreFailed: nothing is left."""
    told = manifest.read(folder)
    with _nobody_serves():
        _check_empty()
        former = _key_file().read_bytes() if _key_file().exists() else None
        try:
            _put_files(told, folder)
            _put_key(told, folder)
            engine().restore(folder / engine().PART)
        except BaseException:
            _clear(_store())
            if former is not None:
                _key_file().write_bytes(former)
            raise
        (_store() / UNDER_WAY).rmdir()
    return told


def has_another_key(told: Manifest) -> bool:
    """Whether the installation goes on with another SECRET_KEY than the set was made with."""
    ours = settings.SECRET_KEY if _key_is_given() else _key_file().read_text()
    return told.key != manifest.fingerprint(ours)


@contextmanager
def _nobody_serves() -> Iterator[None]:
    with (Path(settings.VAR_DIR) / "serve.lock").open("w") as file:
        if not lock_file(file):
            raise NotEmpty(_("The site is being served from %(folder)s. Stop it first.") % {"folder": settings.VAR_DIR})
        yield


def _check_empty() -> None:
    if not is_empty():
        raise NotEmpty(_("There are people in this database. A backup is restored into an empty installation only."))
    if not (_store() / UNDER_WAY).exists() and any(names_in(_store())):
        raise NotEmpty(
            _("There are files in %(folder)s. A backup is restored into an empty installation only.")
            % {"folder": _store()}
        )


def _put_files(told: Manifest, folder: Path) -> None:
    """Under a name that nobody reads, then each folder of the store at once."""
    make_folder(_store() / UNDER_WAY)
    _clear(_store(), but=UNDER_WAY)
    _clear(_store() / UNDER_WAY)
    for name, part in told.parts.items():
        if name.startswith(f"{FILES}/"):
            _copy(folder / name, _store() / UNDER_WAY / name.removeprefix(f"{FILES}/"), part)
    sync_tree(_store() / UNDER_WAY)
    for entry in list((_store() / UNDER_WAY).iterdir()):
        os.rename(entry, _store() / entry.name)
    sync_folder(_store())


def _put_key(told: Manifest, folder: Path) -> None:
    if KEY in told.parts:
        incoming = _key_file().with_name(f"{_key_file().name}{UNDER_WAY}")
        incoming.unlink(missing_ok=True)
        _copy(folder / KEY, incoming, told.parts[KEY])
        os.replace(incoming, _key_file())
        sync_folder(_key_file().parent)


def _copy(source: Path, target: Path, part: Part) -> None:
    if copy(source, target) != part:
        raise SetRefused(_("“%(name)s” of the backup is damaged: it is not what was backed up.") % {"name": source})


def _clear(folder: Path, but: str = "") -> None:
    for entry in folder.iterdir() if folder.exists() else []:
        if entry.name != but:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _store() -> Path:
    return Path(settings.MEDIA_ROOT)


def _key_file() -> Path:
    return Path(settings.SECRET_KEY_FILE)


def _key_is_given() -> bool:
    """Whether the environment says SECRET_KEY."""
    return bool(os.environ.get("SECRET_KEY"))
