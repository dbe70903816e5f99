from accounts.models.attempt import Attempt
from accounts.models.link import LINK_DAYS, AccountLink, OneTimeLink
from accounts.models.notification import Notification
from accounts.models.user import Role, User

__all__ = ["LINK_DAYS", "AccountLink", "Attempt", "Notification", "OneTimeLink", "Role", "User"]
