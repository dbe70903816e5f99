"""What `make test` takes of what is too much for every day; `make test-long` takes all.

Drawn by name: always the same ones, whatever else is added, and no two lists the same part.
"""

import os
import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

WHOLE = "TEST_LONG" in os.environ  # set by tests/run.py --long


def is_drawn(name: str, one_in: int) -> bool:
    return zlib.crc32(name.encode()) % one_in == 0


def one_of(things: Sequence[T], name: str) -> T:
    """The one of several ways that `name` is tried by every day."""
    return things[zlib.crc32(name.encode()) % len(things)]
