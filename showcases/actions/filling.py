"""Fill an event: what is shown, and in what order things happen."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Invalid
from common.models import record
from common.text import clean
from rounds.models import Round
from showcases.actions.checks import (
    next_place,
    still_open,
    time_problems,
    venture_problems,
)
from showcases.models import Event, Exhibit, ProgrammeItem
from ventures.models import Venture


@transaction.atomic
def add_exhibit(
    event: Event,
    *,
    by: Any,
    venture: Venture,
    form: str,
    minutes: int = 5,
    presenter: str = "",
) -> Exhibit:
    """Show a venture at the event, as a talk, on a board, in a film or at a stall, after the others.

    Raises NotAllowed; Conflict once held; Invalid(venture, form, minutes).
    """
    row = still_open(event, by)
    problems = time_problems(minutes) | venture_problems(row, venture)
    if form not in Exhibit.Form.values:
        problems["form"] = [_("Choose a form from the list.")]
    if row.exhibits.filter(venture=venture).exists():
        problems["venture"] = [_("%(venture)s is on show at this event already.") % {"venture": venture}]
    if problems:
        raise Invalid(problems)
    exhibit = Exhibit.objects.create(
        event=row,
        venture=venture,
        form=form,
        minutes=minutes,
        presenter=clean(presenter),
        ordinal=next_place(row.exhibits),
    )
    record(row, "add_exhibit", by=by, note=str(venture), venture=venture.pk)
    return exhibit


@transaction.atomic
def remove_exhibit(exhibit: Exhibit, *, by: Any) -> None:
    """Take a venture off the event before it is held."""
    row = still_open(exhibit.event, by)
    exhibit.delete()
    record(
        row,
        "remove_exhibit",
        by=by,
        note=str(exhibit.venture),
        venture=exhibit.venture_id,
    )


@transaction.atomic
def receive_material(exhibit: Exhibit, *, by: Any) -> Exhibit:
    """展板, PPT or film has come in."""
    row = still_open(exhibit.event, by)
    exhibit.material_received = True
    exhibit.save(update_fields=["material_received"])
    record(
        row,
        "receive_material",
        by=by,
        note=str(exhibit.venture),
        venture=exhibit.venture_id,
    )
    return exhibit


@transaction.atomic
def add_programme_item(
    event: Event,
    *,
    by: Any,
    title: str,
    minutes: int = 5,
    presenter: str = "",
    venture: Venture | None = None,
    launches: Round | None = None,
) -> ProgrammeItem:
    """Add a line at the end of the programme; its time follows from the minutes of the lines before it.

    Raises NotAllowed; Conflict once held; Invalid(title, minutes, venture, launches).
    """
    row = still_open(event, by)
    title = clean(title)
    problems = time_problems(minutes)
    if not title:
        problems["title"] = [_("Please fill this in.")]
    if venture is not None:
        problems |= venture_problems(row, venture)
    if launches is not None and not row.launches.filter(pk=launches.pk).exists():
        problems["launches"] = [_("%(event)s does not launch %(round)s.") % {"event": row, "round": launches}]
    if problems:
        raise Invalid(problems)
    return ProgrammeItem.objects.create(
        event=row, title=title, minutes=minutes, presenter=clean(presenter), venture=venture, launches=launches,
        ordinal=next_place(row.programme),
    )  # fmt: skip


@transaction.atomic
def remove_programme_item(item: ProgrammeItem, *, by: Any) -> None:
    """Take a line off the programme before the event is held; those after it move up in time."""
    still_open(item.event, by)
    item.delete()
