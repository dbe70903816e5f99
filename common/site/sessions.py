"""Sessions in the database, whatever stands in the cookie."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A quoted cookie may spell NUL (`"\\000…"`), which PostgreSQL refuses to look for: such a key is no key."""

    def _validate_session_key(self, key: Any) -> bool:
        return bool(super()._validate_session_key(key)) and "\x00" not in key  # type: ignore[misc]
