from accounts.models.link import LINK_DAYS, AccountLink, OneTimeLink
from accounts.models.notification import Notification
from accounts.models.user import Role, User

__all__ = ["LINK_DAYS", "AccountLink", "Notification", "OneTimeLink", "Role", "User"]
