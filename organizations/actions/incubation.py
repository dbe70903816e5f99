"""入孵 and 出孵."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.clock import today
from common.errors import Conflict, Invalid, NotAllowed
from common.models import record
from organizations.models import Incubation, Organization, Platform


@transaction.atomic
def enter_platform(organization: Organization, *, by: Any, platform: Platform, entered_on: date) -> Incubation:
    """Take an organization into a platform. Raises NotAllowed, Invalid(entered_on), Conflict when it is there already."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    _not_later_than_today("entered_on", entered_on)
    stay = Incubation(organization=organization, platform=platform, entered_on=entered_on)
    try:
        stay.full_clean()
        with transaction.atomic():
            stay.save()
    except (ValidationError, IntegrityError):
        raise Conflict(
            _("%(name)s is on %(platform)s already.") % {"name": organization, "platform": platform}
        ) from None
    record(organization, "enter_platform", by=by, note=f"{platform} {entered_on}")
    return stay


@transaction.atomic
def graduate(stay: Incubation, *, by: Any, graduated_on: date) -> Incubation:
    """The organization leaves the platform. Raises NotAllowed, Invalid(graduated_on), Conflict when it has left."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    row = Incubation.objects.select_for_update(of=("self",)).select_related("organization", "platform").get(pk=stay.pk)
    if row.graduated_on:
        raise Conflict(_("It has left the platform on %(day)s.") % {"day": row.graduated_on})
    _not_later_than_today("graduated_on", graduated_on)
    if graduated_on < row.entered_on:
        sentence = _("It entered on %(entered)s and cannot leave on %(left)s.")
        raise Invalid({"graduated_on": [sentence % {"entered": row.entered_on, "left": graduated_on}]})
    row.graduated_on = graduated_on
    row.save(update_fields=["graduated_on"])
    record(row.organization, "graduate", by=by, note=f"{row.platform} {graduated_on}")
    return row


def _not_later_than_today(name: str, day: date) -> None:
    if day > today():
        raise Invalid({name: [_("%(day)s is in the future; today is %(today)s.") % {"day": day, "today": today()}]})
