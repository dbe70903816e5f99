"""What every verb of this room asks first."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from common.clock import minute
from common.errors import Conflict, Invalid, NotAllowed
from showcases.models import Event
from ventures.models import Venture
from ventures.states import AWARDED_STATES, Group, in_group

# What an event can show: from the first work on it to the end; a terminated venture has no outcome to show.
EXHIBITABLE = AWARDED_STATES - in_group(Group.TERMINATION)


def still_open(event: Event, by: Any, permission: str = "showcases.plan") -> Event:
    """The event, locked; what was held is history."""
    if not by.has_perm(permission, event):
        raise NotAllowed
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.held_at is not None:
        raise Conflict(
            _("%(event)s was recorded as held (%(at)s); it does not change any more.")
            % {"event": row, "at": minute(row.held_at)}
        )
    if row.cancelled_at is not None:
        raise Conflict(
            _("%(event)s was cancelled (%(at)s); it does not change any more.")
            % {"event": row, "at": minute(row.cancelled_at)}
        )
    return row


def check(event: Event, problems: dict[str, list[str]]) -> None:
    for field in ("name", "venue"):
        if not getattr(event, field):
            problems[field] = [_("Please fill this in.")]
    if event.ends_at <= event.starts_at:
        problems["ends_at"] = [
            _("The end %(end)s is not after the start %(start)s.")
            % {"end": minute(event.ends_at), "start": minute(event.starts_at)}
        ]
    if problems:
        raise Invalid(problems)


def venture_problems(event: Event, venture: Venture) -> dict[str, list[str]]:
    if not event.shows.filter(pk=venture.round_id).exists():
        return {
            "venture": [
                _("%(event)s does not show %(round)s, to which %(venture)s belongs.")
                % {"event": event, "round": venture.round, "venture": venture}
            ]
        }
    if venture.state not in EXHIBITABLE:
        return {
            "venture": [
                _("%(venture)s is “%(state)s”; only awarded ventures are shown.")
                % {"venture": venture, "state": venture.get_state_display()}
            ]
        }
    return {}


def time_problems(minutes: int) -> dict[str, list[str]]:
    return {} if minutes >= 1 else {"minutes": [_("At least 1 minute.")]}


def next_place(lines: Any) -> int:
    return int(lines.aggregate(last=Max("ordinal"))["last"] or 0) + 1
