"""The page of a venture, by audience."""

from django.http import HttpRequest, HttpResponse

from common.site.web import page
from ventures.page.venture import venture_page


@page("ventures.start")
def for_applicant(request: HttpRequest, pk: int) -> HttpResponse:
    return venture_page(request, pk, audience="applicant")


@page("ventures.read_desk")
def for_staff(request: HttpRequest, pk: int) -> HttpResponse:
    return venture_page(request, pk, audience="staff")
