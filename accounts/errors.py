"""What can go wrong with accounts, beside what goes wrong everywhere."""

from common.errors import DomainError


class TooMany(DomainError):
    """Tried too often; the sentence says how often, and when it may be tried again."""

    status = 429
