"""The sub-navigation of the desk, as data: what there is, under which name, and who may see it."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A page of the desk: URL name, label, the permission that shows it, and other addresses that lie under it."""

    name: str
    label: Any
    perm: str
    also: tuple[str, ...] = ()


ENTRIES = (
    Entry("desk_home", _("Today"), "accounts.use_desk"),
    Entry("desk_rounds", _("Rounds"), "accounts.use_desk", ("/desk/calendar/",)),
    Entry("desk_ventures", _("Ventures"), "accounts.use_desk"),
    Entry("desk_screening", _("Screening"), "accounts.use_desk"),
    Entry("desk_reviews", _("Review and selection"), "reviews.read_desk"),
    Entry("desk_notices", _("Notices and objections"), "accounts.use_desk", ("/desk/objections/",)),
    Entry("desk_payments", _("Payments"), "ventures.read_money"),
    Entry("desk_delivery", _("Delivery"), "accounts.use_desk"),
    Entry("desk_showcases", _("Showcases"), "showcases.read_plans"),
    Entry("desk_closures", _("Closures"), "accounts.use_desk"),
    Entry("desk_organizations", _("Organizations"), "accounts.use_desk", ("/desk/platforms/",)),
    Entry("desk_reports", _("Reports"), "accounts.use_desk"),
    Entry("desk_people", _("People"), "accounts.read_people"),
    Entry("desk_journal", _("Journal"), "accounts.read_journal"),
)


def entries_for(user: Any) -> list[dict[str, Any]]:
    """Pages of the desk that exist and that `user` may open."""
    found = []
    for entry in ENTRIES:
        try:
            url = reverse(entry.name)
        except NoReverseMatch:
            continue
        if user.has_perm(entry.perm):
            found.append({"name": entry.name, "label": entry.label, "url": url, "under": (url, *entry.also)})
    return found
