"""Files under MEDIA_ROOT: whole or not there, never changed, and gone some time after their row is."""

import hashlib
import os
import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from common.errors import Conflict, Invalid
from common.files.disk import sha256_of, sync_folder
from common.files.kinds import MEDIA_TYPES, Allowed, kind_by_name, look
from common.files.names import clean_name, in_megabytes
from common.files.zip_safety import Refused
from common.machine.actors import stamp
from common.models import StoredFile
from common.wording import labelled

FOLDER = "stored"
ARRIVING = "arriving"  # in it: what is being copied and looked through
ORPHAN_AFTER = 24 * 3600  # seconds of real time; longer than any transaction, so that nobody's file is taken away
SWEEP_EVERY = 3600.0  # seconds

_swept_at = time.monotonic()


@dataclass(frozen=True)
class Received:
    """A file that lies on the disk whole and looked through, and has no row yet.

    with receive(upload, allowed=SCANS) as received, transaction.atomic():   # what is refused in here leaves nothing
        row.file = received.keep(by=by)
    """

    name: str
    kind: str
    size: int
    sha256: str
    path: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *__: object) -> None:
        if kind is not None:
            self.discard()

    def discard(self) -> None:
        """The content goes now, and not only when orphans are swept; unless its row was written, whatever failed then."""
        with suppress(DatabaseError):  # the transaction cannot be asked any more: left to the sweep
            if not StoredFile.objects.filter(path=self.path).exists():
                (root() / self.path).unlink(missing_ok=True)

    def keep(self, *, by: Any, is_demo: bool = False) -> StoredFile:
        """Its row, in the caller's transaction; `by` is the actor. What is never kept is swept away."""
        return StoredFile.objects.create(
            **asdict(self), media_type=MEDIA_TYPES[self.kind], is_demo=is_demo, **stamp(by)
        )


def store(upload: File, *, by: Any, allowed: Allowed, max_bytes: int | None = None) -> StoredFile:
    """Receive and keep in one go: where few write, and nobody waits for the transaction."""
    with receive(upload, allowed=allowed, max_bytes=max_bytes) as received:
        return received.keep(by=by)


def receive(upload: File, *, allowed: Allowed, max_bytes: int | None = None) -> Received:
    """Take a file that was handed in. Outside of a transaction: a disk takes its time, and all others would wait.

    It is copied under a temporary name, looked through, and gets its last name before the row is written: a row is
    never without its file, and a file whose row was rolled back is swept away later.
    Invalid({"file": [sentence]}): too large, empty, of a kind that `allowed` does not take, or unsafe.
    """
    limit = settings.UPLOAD_FILE_LIMIT if max_bytes is None else max_bytes
    name = clean_name(upload.name or "")
    try:
        kind = kind_by_name(name, allowed)
        _check_size(upload.size or 0, limit)
        path = _new_path()
        temporary = root() / ARRIVING / path.name
        temporary.parent.mkdir(parents=True, exist_ok=True)
        try:
            size, sha256 = _copy(upload, temporary, limit)
            with temporary.open("rb") as f:
                look(f, kind)
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, path)
            # … and its folders, which may be new as well.
            for folder in (path.parent, path.parent.parent, root()):
                sync_folder(folder)
        finally:
            temporary.unlink(missing_ok=True)
    except Refused as e:
        raise Invalid({"file": [labelled(name, e)]}) from e
    return Received(name, kind, size, sha256, path.relative_to(root()).as_posix())


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def path_of(stored: StoredFile) -> Path:
    """Where the content lies; Conflict if it is gone or was cut (a restore without its files)."""
    path = root() / stored.path
    if not path.is_file() or path.stat().st_size != stored.size:
        raise Conflict(_("The file “%(name)s” is missing in the store. Please tell the staff.") % {"name": stored.name})
    return path


def is_unchanged(stored: StoredFile) -> bool:
    """Whether the content on the disk is still the one that was handed in, byte for byte."""
    return sha256_of(path_of(stored)) == stored.sha256


def remove(stored: StoredFile) -> None:
    """Delete the row now and the content after the transaction. ProtectedError while anything refers to it."""
    path = root() / stored.path
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)


def sweep_orphans(older_than: float = ORPHAN_AFTER) -> int:
    """Remove files without a row (rolled back, killed in between) that are older than so many seconds; how many."""
    removed = 0
    for path in orphans(older_than):
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def orphans(older_than: float = ORPHAN_AFTER) -> Iterator[Path]:
    """Files that no row knows and that are older than so many seconds."""
    for batch in _in_batches(_old_files(older_than), 500):
        names = {path.relative_to(root()).as_posix(): path for path in batch}
        kept = set(StoredFile.objects.filter(path__in=names).values_list("path", flat=True))
        yield from (path for name, path in names.items() if name not in kept)


def sweep_now_and_then() -> int:
    """Sweep once an hour; called by the sweeper of every process, all the time."""
    global _swept_at
    if time.monotonic() - _swept_at < SWEEP_EVERY:
        return 0
    _swept_at = time.monotonic()
    return sweep_orphans()


def _check_size(size: int, limit: int) -> None:
    if not size:
        raise Refused(_("The file is empty (0 bytes)."))
    if size > limit:
        raise Refused(
            _("The file has %(size)s; at most %(limit)s are taken.")
            % {"size": in_megabytes(size), "limit": in_megabytes(limit)}
        )


def _new_path() -> Path:
    """A random name, fanned out over 256 × 256 folders."""
    token = uuid.uuid4().hex + secrets.token_hex(4)
    return root() / token[:2] / token[2:4] / token[4:]


def _copy(upload: File, target: Path, limit: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    upload.seek(0)
    with target.open("xb") as f:
        for chunk in upload.chunks():
            size += len(chunk)
            _check_size(size, limit)
            digest.update(chunk)
            f.write(chunk)
        f.flush()
        os.fsync(f.fileno())
    return size, digest.hexdigest()


def _old_files(older_than: float) -> Iterator[Path]:
    before = time.time() - older_than
    for folder, __, names in os.walk(root()):
        for name in names:
            path = Path(folder, name)
            try:
                if path.stat().st_mtime <= before:
                    yield path
            except FileNotFoundError:
                continue


def _in_batches(paths: Iterator[Path], size: int) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
