"""What files need of the disk, wherever the house keeps them."""

import fcntl
import hashlib
import os
from pathlib import Path
from typing import IO


def lock_file(file: IO[str]) -> bool:
    """Lock an open file for this process until it is closed or the process ends, however. False: another one has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """See that a name which was just given is on the disk, too, and not only the content."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
