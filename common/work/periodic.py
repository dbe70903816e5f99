"""Work by the clock: what the sweeper beside every worker does again and again.

Every process has its own sweeper, so a function may run in two of them at once and must be idempotent. What depends on
a day compares days: an hourly round is exact enough for "the day after".
"""

import logging
import time
from collections.abc import Callable

log = logging.getLogger("hongchuang.periodic")

Work = Callable[[], int]
_work: list[tuple[Work, float]] = []
_ran_at: dict[Work, float] = {}


def every(seconds: float) -> Callable[[Work], Work]:
    """Register a function that returns how much it has done. Its module is imported in AppConfig.ready of its room."""

    def register(work: Work) -> Work:
        _work.append((work, seconds))
        return work

    return register


def run_due() -> int:
    """Run what has not run for its time in this process. One that fails holds up no other and comes again."""
    done = 0
    for work, seconds in _work:
        last = _ran_at.get(work)
        if last is not None and time.monotonic() - last < seconds:
            continue
        _ran_at[work] = time.monotonic()
        try:
            done += work()
        except Exception:
            log.exception("%s.%s", work.__module__, work.__name__)
    return done


def forget() -> None:
    """As if nothing had run yet: everything is due."""
    _ran_at.clear()
