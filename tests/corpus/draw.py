"""What `make test` takes of what is too much for every day; `make test-long` takes all.

Drawn by name and by a seed: with the same seed always the same ones, whatever else is added, and no two lists the same
part. tests/run.py takes the commit for a seed, so that every commit draws anew, and says which; `TEST_SEED=…` draws the
same again.
"""

import os
import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

WHOLE = "TEST_LONG" in os.environ  # set by tests/run.py --long
SEED = os.environ.get("TEST_SEED", "")


def is_drawn(name: str, one_in: int) -> bool:
    """Whether `name` is of the share that is drawn."""
    return _number(name) % one_in == 0


def one_of(things: Sequence[T], name: str) -> T:
    """The one of several ways that `name` is tried by every day."""
    return things[_number(name) % len(things)]


def _number(name: str) -> int:
    return zlib.crc32(f"{SEED}{name}".encode())
