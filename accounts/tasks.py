"""Work by the clock: thin."""

from accounts.actions.second_person import expire_overdue
from common.work.nightly import HOUR
from common.work.periodic import every


@every(HOUR)
def expire_requests() -> int:
    return expire_overdue()
