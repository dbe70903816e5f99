"""What this room hangs on pages below: the next event on the home page, the tab and buttons of a venture."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.site.slots import slot
from rounds.models import Round
from showcases.models import Exhibit
from showcases.queries import next_event, public_events
from ventures.models import Venture
from ventures.states import State


@slot("home.sections", order=30, template="showcases/_home.html")
def on_the_home_page(request: HttpRequest) -> dict[str, Any] | None:
    """The event that comes next, else the last one held."""
    event = next_event() or public_events().filter(held_at__isnull=False).first()
    return {"event": event} if event else None


@slot("round.sections", order=30, template="showcases/_round.html")
def of_a_round(request: HttpRequest, round_: Round) -> dict[str, Any] | None:
    events = [e for e in public_events() if round_ in [*e.shows.all(), *e.launches.all()]]
    return {"events": events, "round": round_} if events else None


@slot("venture.public", order=30, template="showcases/_public_venture.html")
def public_showings(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    """Announced events at which everybody can see it."""
    exhibits = list(Exhibit.objects.filter(venture=venture, event__is_public=True).select_related("event"))
    return {"exhibits": exhibits} if exhibits else None


@slot("venture.tabs", order=50, label=_("Showcase"), template="showcases/_tab.html")
def showings(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    exhibits = Exhibit.objects.filter(venture=venture).select_related("event")
    if not request.user.has_perm("showcases.read_plans"):
        exhibits = exhibits.filter(event__is_public=True)
    if not exhibits and not venture.showcase_waived:
        return None
    return {"exhibits": exhibits, "venture": venture}


@slot("venture.actions", order=50, template="showcases/_actions.html")
def record_a_showing(request: HttpRequest, venture: Venture) -> dict[str, Any] | None:
    if venture.state != State.EVALUATED or not request.user.has_perm("ventures.show", venture):
        return None
    held = Exhibit.objects.filter(venture=venture, event__held_at__isnull=False).exists()
    return {"venture": venture} if held else None
