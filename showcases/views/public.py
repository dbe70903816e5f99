"""What everyone sees of events: what comes, the programme, what was shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common.site.web import public
from showcases.queries import exhibits_of, programme_of, public_events


@public
def events(request: HttpRequest) -> HttpResponse:
    return render(request, "showcases/events.html", {"events": public_events()})


@public
def event(request: HttpRequest, pk: int) -> HttpResponse:
    event_ = get_object_or_404(public_events(), pk=pk)
    return render(
        request,
        "showcases/event.html",
        {"event": event_, "programme": programme_of(event_), "exhibits": exhibits_of(event_)},
    )
