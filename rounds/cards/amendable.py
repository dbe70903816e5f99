"""What of a card may still change after the call has opened: until when, how, and how it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common import deadlines
from common.clock import now
from common.text import plain
from common.wording import listed
from rounds.models import Round
from rounds.states import RoundState, before, since

CALL = frozenset({RoundState.OPEN})
UNTIL_REVIEW = since(RoundState.OPEN) & before(RoundState.IN_REVIEW)
UNTIL_NOTICE = since(RoundState.OPEN) & before(RoundState.ON_NOTICE)
UNTIL_CLOSED = since(RoundState.OPEN) & before(RoundState.CLOSED)

Check = Callable[[Round, Any, Any], str | None]


def said(value: Any) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed(said(v) for v in value)
    return "—" if value in (None, "") else str(value)


def anything(round_: Round, old: Any, new: Any) -> str | None:
    return None


def more(round_: Round, old: Any, new: Any) -> str | None:
    return None if new > old else _("It can only be raised; it is %(old)s now.") % {"old": said(old)}


def later(round_: Round, old: Any, new: Any) -> str | None:
    if old <= now():
        return _("The call closed on %(at)s. A deadline that is over is not put later.") % {"at": deadlines.told(old)}
    return None if new > old else _("The deadline can only be put later than %(at)s.") % {"at": deadlines.told(old)}


def wider(round_: Round, old: list[Any], new: list[Any]) -> str | None:
    if not old:
        return _("Every town is open already.")
    gone = [str(place) for place in old if place not in new]
    return _("A town that was offered stays: %(towns)s.") % {"towns": listed(gone)} if new and gone else None


@dataclass(frozen=True)
class Amendable:
    """A field that may still change: until which state, and how."""

    label: Any
    states: frozenset[RoundState]
    check: Check = anything
    rule: Any = ""  # what is told beside the field
    told: Callable[[Any], str] = said  # a value as the amendment says it
