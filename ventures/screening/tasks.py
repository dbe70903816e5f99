"""What this room does by the clock: thin, idempotent, in every process (common.periodic)."""

from common.periodic import every
from ventures import actions

HOUR = 3600


@every(HOUR)
def refuse_overdue() -> int:
    """A correction that is not in by its due day is refused in the first hour of the next."""
    return actions.refuse_overdue()


@every(HOUR)
def remind_of_corrections() -> int:
    return actions.remind_of_corrections()
