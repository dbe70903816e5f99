"""The kinds of limits, and the table of all that there are."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from common.clock import now
from common.errors import TooMany
from common.files.names import in_megabytes
from common.models import Taken
from common.wording import in_minutes

Keys = dict[str, Any]
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """At most so many of what `counts` says (in English, for docs/limits.md), each `per` … by itself. `refusal` is what the
    refused one reads, with %(n)s, %(m)s minutes of the window, %(left)s to wait (“3 minutes”); "" where nobody is told."""

    name: str
    counts: str
    per: tuple[str, ...]
    most: float
    refusal: Any = ""
    in_bytes: bool = False

    @property
    def number(self) -> str:
        return in_megabytes(int(self.most)) if self.in_bytes else f"{self.most:,}"

    @property
    def window(self) -> str:
        """For docs/limits.md."""
        raise NotImplementedError

    def whose(self, keys: Keys) -> str:
        """The key of who takes. Names in other letters are the same name."""
        if set(keys) != set(self.per):
            raise TypeError(f"{self.name} is limited per {', '.join(self.per)}, not per {', '.join(keys)}")
        return "|".join(str(keys[part]).strip().lower() for part in self.per)[:200]

    def refused(self, wait: timedelta = A_MINUTE, **more: Any) -> TooMany:
        """The error with its sentence; `wait` is when it may be tried again."""
        left = max(1, -int(-wait.total_seconds() // 60))
        words = {"n": self.number, "left": in_minutes(left), **more}
        return TooMany(self.refusal % words if self.refusal else "", wait)


@dataclass(frozen=True)
class Rate(Limit):
    """So many within so many `minutes`, counted from the first. Rows, so that all processes share it."""

    minutes: int = 60

    @property
    def window(self) -> str:
        return f"{self.minutes} minutes" if self.minutes < 24 * 60 else f"{self.minutes // 60} hours"

    def ends(self, row: Taken) -> Any:
        """When the window of `row` is over; None: it is. A row of the future was written by a clock that has been set
        back since, and holds nobody up."""
        end = row.since + timedelta(minutes=self.minutes)
        return end if row.since <= now() < end else None

    def check(self, row: Taken) -> None:
        """Raises TooMany when the window is full."""
        end = self.ends(row)
        if end and row.count >= self.most:
            raise self.refused(end - now(), m=self.minutes)


@dataclass(frozen=True)
class Stock(Limit):
    """So many there may be. `present` counts those that are there; ask behind the lock of what they belong to."""

    present: Callable[..., int] = lambda **keys: 0
    wait: timedelta = A_MINUTE

    @property
    def window(self) -> str:
        return "there at a time"


@dataclass(frozen=True)
class AtOnce(Limit):
    """So many under way at a time, in each serving process: counted in its memory, so that one that dies leaves nothing."""

    under_way: Counter[str] = field(default_factory=Counter, repr=False, compare=False)
    guard: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def window(self) -> str:
        return "under way at a time"


@dataclass(frozen=True)
class Bound(Limit):
    """Kept where the work is done; here to be read."""

    unit: str = ""
    of: str = ""

    @property
    def number(self) -> str:
        return f"{super().number} {self.unit}".strip()

    @property
    def window(self) -> str:
        return self.of


Declared = TypeVar("Declared", bound=Limit)
_limits: dict[str, Limit] = {}


def declared(limit: Declared) -> Declared:
    """Put a limit into the table."""
    if limit.name in _limits:
        raise ValueError(f"there are two limits {limit.name!r}")
    _limits[limit.name] = limit
    return limit


def limits() -> list[Limit]:
    return sorted(_limits.values(), key=lambda limit: limit.name)
