"""Plan, change and announce an event."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Invalid, NotAllowed
from common.models import record
from common.text import clean
from common.wording import listed
from rounds.models import Round
from showcases.actions.checks import check, still_open
from showcases.models import Event


@transaction.atomic
def plan(
    *,
    by: Any,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    shows: Iterable[Round],
    launches: Iterable[Round],
    introduction: str = "",
) -> Event:
    """Plan an event that shows the outcome of rounds and launches others. Nobody outside the desk sees it yet.

    Raises NotAllowed; Invalid(fields).
    """
    if not by.has_perm("showcases.plan"):
        raise NotAllowed
    shown, launched = list(shows), list(launches)
    problems: dict[str, list[str]] = {}
    if not shown and not launched:
        problems["shows"] = [_("Choose a round that is shown or launched.")]
    if both := [str(r) for r in shown if r in launched]:
        problems["launches"] = [_("%(rounds)s can not be shown and launched at once.") % {"rounds": listed(both)}]
    event = Event(
        starts_at=starts_at,
        ends_at=ends_at,
        name=clean(name),
        venue=clean(venue),
        introduction=clean(introduction),
        is_demo=any(r.is_demo for r in [*shown, *launched]),
    )
    check(event, problems)
    event.save()
    event.shows.set(shown)
    event.launches.set(launched)
    record(event, "plan", by=by, note=event.name)
    return event


@transaction.atomic
def change(event: Event, *, by: Any, **facts: Any) -> Event:
    """Change name, starts_at, ends_at, venue or introduction before the event is held. Raises as `plan`; Conflict."""
    row = still_open(event, by)
    for field, value in facts.items():
        setattr(row, field, clean(value) if isinstance(value, str) else value)
    check(row, {})
    row.save(update_fields=list(facts))
    record(row, "change", by=by, fields=", ".join(sorted(facts)))
    return row


@transaction.atomic
def announce(event: Event, *, by: Any) -> Event:
    """发布: from now on everybody sees the event and its programme. Announcing twice changes nothing."""
    row = still_open(event, by)
    if not row.is_public:
        row.is_public = True
        row.save(update_fields=["is_public"])
        record(row, "announce", by=by)
    event.is_public = True
    return row


@transaction.atomic
def cancel(event: Event, *, by: Any, reason: str) -> Event:
    """The event does not take place: its ventures wait for another one. Raises NotAllowed; Conflict once held or cancelled;
    Invalid(reason)."""
    row = still_open(event, by)
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": [_("Say why the event does not take place.")]})
    row.cancelled_at, row.cancelled_because = now(), reason
    row.save(update_fields=["cancelled_at", "cancelled_because"])
    record(row, "cancel", by=by, note=reason)
    return row
