"""Events as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.site.tables import Link, Minute, Own, Table, Text


def _names(rounds: Any) -> str:
    return " ".join(round_.name for round_ in rounds.all())


class EventTable(Table):
    """Events on the desk, planned ones too."""

    empty = _("No event yet")
    hint = _("An event shows the outcome of rounds, launches others, or both.")

    event = Link(_("Event"), "name", to="desk_showcase")
    starts_at = Minute(_("Time"), sort="starts_at")
    shows = Text(_("Shows"), lambda event: _names(event.shows))
    launches = Text(_("Launches"), lambda event: _names(event.launches))
    state = Own(_("State"), cell="showcases/cells/state.html")
