"""Locking an application while something is written in it: the locks, and who may."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from common.errors import Conflict, NotAllowed
from common.machine.sql import lock
from organizations.models import Organization
from rounds.models import Round
from ventures.application.completeness import Missing, missing
from ventures.application.content import ApplicationContent
from ventures.application.corrections import EDITABLE, is_answered, open_correction
from ventures.models import Venture


class LockedApplication(ApplicationContent):
    """What is written, behind the locks of the venture and its organization: true to the end of the transaction."""

    @cached_property
    def missing(self) -> Missing:
        """Asked for when all that is handed in is stored: the tick, the stamped scan."""
        return missing(self)

    @cached_property
    def is_answer(self) -> bool:
        """Whether it answers the open correction, if there is one."""
        correction = open_correction(self.venture)
        return correction is None or is_answered(correction, self)


def lock_application(venture: Venture) -> LockedApplication:
    """Lock an application for handing it in.

    The venture first, as everybody does who writes in it; then the organization's row, so that two of its ventures do
    not both become the last one that it may submit, and its data stay what the stamp was put on.
    """
    row = _locked(venture)
    row.organization = next(iter(lock(Organization, [row.organization_id])))
    row.round = Round.objects.select_related("series").get(pk=row.round_id)
    return LockedApplication(row)


def lock_for_writing(venture: Venture, *, by: Any) -> Venture:
    """The venture's row, locked, if `by` may write its application now. Raises NotAllowed, Conflict.

    The venture alone: with the round's row, which all applicants share, everybody who saves would wait for everybody.
    """
    row = _locked(venture)
    if "round" in venture._state.fields_cache and venture.round_id == row.round_id:
        row.round = venture.round
    check_may_write(row, by)
    return row


def _locked(venture: Venture) -> Venture:
    row: Venture | None = next(iter(lock(Venture, [venture.pk])), None)
    if row is None:
        raise Venture.DoesNotExist
    # What never changes while a call is open need not be asked for again.
    for name in ("category", "place"):
        if name in venture._state.fields_cache and getattr(venture, f"{name}_id") == getattr(row, f"{name}_id"):
            setattr(row, name, getattr(venture, name))
    return row


def check_may_write(row: Venture, by: Any) -> None:
    """Raise NotAllowed, or Conflict when the application can not be edited in its state."""
    if not by.has_perm("ventures.apply", row):
        raise NotAllowed
    if row.state not in EDITABLE:
        raise Conflict(
            _("%(venture)s is “%(state)s” and can not be edited now.")
            % {"venture": row, "state": row.known_to(by).get_state_display()}
        )
