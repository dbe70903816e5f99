"""Today: what waits, since when, for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common import clock
from common.site.slots import fill
from common.site.web import page
from ventures.desk import today as queries


@page("ventures.read_desk")
def today(request: HttpRequest) -> HttpResponse:
    waiting = queries.queues(request.user)
    yours = [q for q in waiting if request.user.has_perm(q.perm)]
    context = {
        "today": clock.today(),
        "yours": [q for q in yours if q.count],
        "idle": [q for q in yours if not q.count],
        "others": [q for q in waiting if q not in yours],
        "parts": fill("desk.queues", request),
        "deadlines": queries.deadlines(),
    }
    return render(request, "ventures/desk/today.html", context)
