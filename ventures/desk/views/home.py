"""Today: what waits, since when, for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common import clock
from common.site.slots import fill
from common.site.todo import todo
from common.site.web import page
from ventures.desk.today import deadlines


@page("ventures.read_desk")
def today(request: HttpRequest) -> HttpResponse:
    items = todo(request.user)
    context = {
        "today": clock.today(),
        "yours": [item for item in items if item.is_mine],
        "others": [item for item in items if not item.is_mine],
        "deadlines": deadlines(),
        "parts": fill("desk.today", request),
    }
    return render(request, "ventures/desk/today.html", context)
