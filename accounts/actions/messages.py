from accounts.models import Notification, User
from common.clock import now


def read_all(*, by: User) -> int:
    """Mark one's messages as read. Returns how many were new."""
    return Notification.objects.filter(user=by, read_at=None).update(read_at=now())
