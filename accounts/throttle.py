"""A brake on guessing passwords: after some failures a username rests."""

from django.core.cache import cache

FAILURES = 10
MINUTES = 15


def _key(username: str) -> str:
    # Hexadecimal, because cache keys of some back ends may not hold spaces or Chinese.
    return "login:" + username.strip().lower().encode()[:100].hex()


def is_resting(username: str) -> bool:
    return int(cache.get(_key(username), 0)) >= FAILURES


def note_failure(username: str) -> None:
    """The window begins with the first failure."""
    if not cache.add(_key(username), 1, MINUTES * 60):
        try:
            cache.incr(_key(username))
        except ValueError:  # it ran out just now
            cache.set(_key(username), 1, MINUTES * 60)


def forget(username: str) -> None:
    cache.delete(_key(username))
