"""The ends of a venture."""

from typing import Any

from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Invalid
from common.machine.door import move
from ventures.models import Venture


def waive_showcase(venture: Venture, *, by: Any, reason: str, seen_state: str | None = None) -> Venture:
    """免展 with a reason."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say why the showcase is waived.")]})
    return move(venture, "waive_showcase", by=by, seen_state=seen_state, note=reason, reason=reason)


def close(venture: Venture, *, by: Any, note: str = "", seen_state: str | None = None) -> Venture:
    """确认结项: when every gate is met."""
    return move(venture, "close", by=by, seen_state=seen_state, note=note, on=today())


def give_up(venture: Venture, *, by: Any, reason: str, seen_state: str | None = None) -> Venture:
    """放弃立项 before an agreement is signed, with the reason. A reserve can move up."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say who gives the award up, and why.")]})
    return move(venture, "give_up", by=by, seen_state=seen_state, note=reason)


def terminate(venture: Venture, *, by: Any, reason: str, seen_state: str | None = None) -> Venture:
    """终止 with a reason. What was paid and not rightly spent is then recovered (funding)."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say why the venture is terminated.")]})
    return move(venture, "terminate", by=by, seen_state=seen_state, note=reason)


def settle(venture: Venture, *, by: Any, note: str = "", seen_state: str | None = None) -> Venture:
    """终止清算: nothing is left to recover."""
    return move(venture, "settle", by=by, seen_state=seen_state, note=note, on=today())
