"""Named domain errors. `common.site.web.DomainErrorMiddleware` turns each into one 4xx page; a 500 is a bug."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from common.wording import sentences


class DomainError(Exception):
    """Something that the rules forbid. `str(error)` is a sentence for the person in front of the screen."""

    status = 400

    def __init__(self, message: Any = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The actor may not do this."""

    status = 403

    def __init__(self, message: Any = "") -> None:
        super().__init__(message or _("Your account may not do this. Please ask the round's staff."))


class Conflict(DomainError):
    """The thing is not in the state that this needs."""

    status = 409


class IllegalMove(Conflict):
    """There is no such transition from the present state."""


class Stale(Conflict):
    """Somebody else was first."""


class NotReady(Conflict):
    """Gates are unmet; `reasons` are their sentences."""

    def __init__(self, reasons: Iterable[Any]) -> None:
        self.reasons = [str(r) for r in reasons]
        super().__init__(sentences(self.reasons))


class Invalid(DomainError):
    """Bad input. `fields` maps a field name ("" for the whole) to sentences that quote rule and number."""

    status = 422

    def __init__(self, fields: Mapping[str, Iterable[Any]] | str) -> None:
        self.fields = {"": [fields]} if isinstance(fields, str) else {k: [str(s) for s in v] for k, v in fields.items()}
        super().__init__(sentences(self.sentences))

    @property
    def sentences(self) -> list[str]:
        """All of them, whatever the field."""
        return [str(s) for sentences in self.fields.values() for s in sentences]


class TooMany(DomainError):
    """More than a limit allows (common.limits); the sentence says how many, `wait` when it may be tried again."""

    status = 429

    def __init__(self, message: Any = "", wait: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(message)
        self.wait = wait

    @property
    def retry_after(self) -> str:
        """Whole seconds, for the header of this name."""
        return str(max(1, -int(-self.wait.total_seconds() // 1)))
