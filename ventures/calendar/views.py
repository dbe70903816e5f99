"""Calendar files to take along (.ics): of a round for everybody, and of what waits for the person who is logged in."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.client_address import site_of
from common.files.serving import give
from common.ics import MEDIA_TYPE, Entry, calendar_file
from common.site.web import page, public
from rounds.queries import public_rounds
from ventures.calendar.files import entries_of_person, entries_of_round


@public
def of_round(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(public_rounds(), pk=pk)
    return _file(request, round_.title, entries_of_round(round_, site_of(request)))


@page("accounts.signed_in")
def of_person(request: HttpRequest) -> HttpResponse:
    return _file(request, _("My calendar of 红创"), entries_of_person(request.user, site_of(request)))


def _file(request: HttpRequest, name: str, entries: Iterable[Entry]) -> HttpResponse:
    host = urlsplit(site_of(request)).hostname or ""
    return give(calendar_file(name, entries, host=host), f"{name}.ics", MEDIA_TYPE)
