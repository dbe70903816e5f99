"""What this room does by the clock: thin, idempotent, in every process (common.work.periodic)."""

from common.work.periodic import every
from ventures.screening import deadlines

HOUR = 3600


@every(HOUR)
def refuse_overdue() -> int:
    """A correction that is not in by its due day is refused in the first hour of the next."""
    return deadlines.refuse_overdue()
