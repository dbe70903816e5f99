"""What time it is. Everything that stores or compares time asks here, so that a past round can be played again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Aware current time, or the time that `at` has set for this context."""
    return _set_to.get() or timezone.now()


def today() -> date:
    """The date in Asia/Shanghai."""
    return timezone.localdate(now())


def clock_time(moment: datetime | None = None) -> str:
    """12:03:41 in Asia/Shanghai, of `moment` or of now."""
    return f"{timezone.localtime(moment or now()):%H:%M:%S}"


def minute(moment: datetime) -> str:
    """2020-12-07 14:30 in Asia/Shanghai."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def milliseconds(moment: datetime | None = None) -> int:
    """Since 1970, of `moment` or of now: how a script counts."""
    return int((moment or now()).timestamp() * 1000)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Play what happens inside as if it were `moment` (aware). Only this context, not other threads."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
