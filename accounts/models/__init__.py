from accounts.models.access import COUNTED, AccessEntry, Kind
from accounts.models.link import LINK_DAYS, AccountLink, OneTimeLink
from accounts.models.notification import Notification
from accounts.models.reminder import Reminder
from accounts.models.request import REQUEST_DAYS, AccountRequest
from accounts.models.user import GUARDED_ROLES, MONEY_ROLES, Role, User

__all__ = [
    "COUNTED",
    "GUARDED_ROLES",
    "LINK_DAYS",
    "MONEY_ROLES",
    "REQUEST_DAYS",
    "AccessEntry",
    "AccountLink",
    "AccountRequest",
    "Kind",
    "Notification",
    "OneTimeLink",
    "Reminder",
    "Role",
    "User",
]
