"""Bytes from one place to another, hashed on their way, on the disk when they have arrived, for their owner only."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from common.files.disk import sha256_of, sync_folder

CHUNK = 1024 * 1024  # bytes
OWNER_ONLY = 0o600
OWNERS_FOLDER = 0o700


@dataclass(frozen=True)
class Part:
    """A file of a set."""

    size: int
    sha256: str


def copy(source: Path, target: Path) -> Part:
    """Copy a file; `target` is new. Returns what was really read."""
    make_folder(target.parent)
    size, digest = 0, hashlib.sha256()
    with source.open("rb") as old, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as new:
        while chunk := old.read(CHUNK):
            size += len(chunk)
            digest.update(chunk)
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    return Part(size, digest.hexdigest())


def write(text: str, target: Path) -> Part:
    """The same for a text that is not in a file yet."""
    content = text.encode()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    return Part(len(content), hashlib.sha256(content).hexdigest())


def seal(file: Path) -> Part:
    """What another program has written: for its owner only, on the disk, and its hash."""
    file.chmod(OWNER_ONLY)
    with file.open("rb+") as f:
        os.fsync(f.fileno())
    return Part(file.stat().st_size, sha256_of(file))


def make_folder(folder: Path) -> None:
    """`mkdir -p`, each for its owner only (pathlib gives parents the usual rights)."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=OWNERS_FOLDER, exist_ok=True)


def sync_tree(folder: Path) -> None:
    """See that the names of everything below are on the disk."""
    for inside, _folders, _files in os.walk(folder):
        sync_folder(Path(inside))


def names_in(folder: Path) -> Iterator[str]:
    """Every entry below that is no folder, by its path from there."""
    for inside, folders, files in os.walk(folder):
        links = [name for name in folders if Path(inside, name).is_symlink()]
        yield from (Path(inside, name).relative_to(folder).as_posix() for name in files + links)
