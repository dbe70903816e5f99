"""Staff: plan an event, fill its programme, announce it, record it as held."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import now
from common.site.comparing import last_change_of
from common.site.web import errors_into, form_page, page, post_only, respond
from showcases import actions
from showcases.forms import CancelForm, EditForm, EventForm, ExhibitForm, ProgrammeForm
from showcases.models import Event, Exhibit, ProgrammeItem
from showcases.queries import exhibits_of, overrun, programme_of, with_rounds
from showcases.tables import EventTable
from ventures.models import Venture


@page("showcases.read_plans")
def events(request: HttpRequest) -> HttpResponse:
    return render(
        request, "showcases/staff/events.html", {"table": EventTable.of(with_rounds(Event.objects.all()), request)}
    )


@form_page("showcases.plan")
def plan(request: HttpRequest) -> HttpResponse:
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event_ = None
        with errors_into(form):
            event_ = actions.plan(by=request.user, **form.cleaned_data)
        if event_ is not None:
            messages.success(request, _("The event is planned; nobody outside the desk sees it yet."))
            return redirect("desk_showcase", pk=event_.pk)
    return respond(request, "showcases/staff/plan.html", {}, form)


@page("showcases.read_plans")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _event(pk))


def _event(pk: int) -> Event:
    return get_object_or_404(with_rounds(Event.objects.all()), pk=pk)


def _show(request: HttpRequest, event_: Event, bad: Any = None, **forms: Any) -> HttpResponse:
    programme = programme_of(event_)
    context = {
        "event": event_,
        "programme": programme,
        "overrun_minutes": max(0, int(overrun(event_, programme).total_seconds() // 60)),
        "exhibits": exhibits_of(event_),
        "may_plan": request.user.has_perm("showcases.plan") and event_.is_to_come,
        "may_hold": request.user.has_perm("showcases.hold") and event_.is_to_come and now() >= event_.starts_at,
        "exhibit_form": ExhibitForm(event=event_, prefix="exhibit"),
        "programme_form": ProgrammeForm(event=event_, prefix="item"),
        **forms,
    }
    return respond(request, "showcases/staff/event.html", context, bad)


@post_only("showcases.plan")
def add_exhibit(request: HttpRequest, pk: int) -> HttpResponse:
    event_ = _event(pk)
    form = ExhibitForm(request.POST, event=event_, prefix="exhibit")
    if form.is_valid():
        with errors_into(form):
            actions.add_exhibit(event_, by=request.user, **form.cleaned_data)
    if not form.is_valid():
        return _show(request, event_, form, exhibit_form=form)
    return redirect("desk_showcase", pk=pk)


@post_only("showcases.plan")
def add_programme_item(request: HttpRequest, pk: int) -> HttpResponse:
    event_ = _event(pk)
    form = ProgrammeForm(request.POST, event=event_, prefix="item")
    if form.is_valid():
        with errors_into(form):
            actions.add_programme_item(event_, by=request.user, **form.cleaned_data)
    if not form.is_valid():
        return _show(request, event_, form, programme_form=form)
    return redirect("desk_showcase", pk=pk)


@post_only("showcases.plan")
def remove_exhibit(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = get_object_or_404(Exhibit.objects.select_related("event", "venture"), pk=pk)
    actions.remove_exhibit(exhibit, by=request.user)
    return redirect("desk_showcase", pk=exhibit.event_id)


@post_only("showcases.plan")
def receive_material(request: HttpRequest, pk: int) -> HttpResponse:
    exhibit = get_object_or_404(Exhibit.objects.select_related("event", "venture"), pk=pk)
    actions.receive_material(exhibit, by=request.user)
    return redirect("desk_showcase", pk=exhibit.event_id)


@post_only("showcases.plan")
def remove_programme_item(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(ProgrammeItem.objects.select_related("event"), pk=pk)
    actions.remove_programme_item(item, by=request.user)
    return redirect("desk_showcase", pk=item.event_id)


@form_page("showcases.plan")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, time, venue and introduction, until the event is held or cancelled."""
    event_ = _event(pk)
    form = EditForm(request.POST or None, initial={f: getattr(event_, f) for f in EditForm.base_fields})
    form.last_change = last_change_of(event_)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            facts = {name: form.cleaned_data[name] for name in form.changed_data}
            actions.change(event_, by=request.user, **facts)
        if form.is_valid():
            messages.success(request, _("%(event)s is changed.") % {"event": form.cleaned_data["name"]})
            return redirect("desk_showcase", pk=pk)
    return respond(request, "showcases/staff/edit.html", {"event": event_}, form)


@form_page("showcases.plan")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The event does not take place, and why."""
    event_ = _event(pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.cancel(event_, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(
                request, _("%(event)s is cancelled; its ventures wait for another showcase.") % {"event": event_}
            )
            return redirect("desk_showcase", pk=pk)
    return respond(request, "showcases/staff/cancel.html", {"event": event_}, form)


@post_only("showcases.plan")
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    event_ = get_object_or_404(Event, pk=pk)
    actions.announce(event_, by=request.user)
    messages.success(request, _("%(event)s is announced; everybody can see it.") % {"event": event_})
    return redirect("desk_showcase", pk=pk)


@post_only("showcases.hold")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    event_ = actions.hold(get_object_or_404(Event, pk=pk), by=request.user)
    messages.success(request, _("%(event)s is recorded as held; its ventures count as shown.") % {"event": event_})
    if waiting := len(event_.not_evaluated):
        messages.warning(
            request,
            ngettext(
                "%(n)s venture was shown before its final evaluation; record its showing afterwards.",
                "%(n)s ventures were shown before their final evaluation; record their showing afterwards.",
                waiting,
            )
            % {"n": waiting},
        )
    return redirect("desk_showcase", pk=pk)


@post_only("ventures.show")
def record_showing(request: HttpRequest, pk: int) -> HttpResponse:
    venture = get_object_or_404(Venture.objects.visible_to(request.user), pk=pk)
    actions.record_showing(venture, by=request.user)
    messages.success(request, _("The showcase of %(venture)s is recorded.") % {"venture": venture})
    return redirect("desk_venture", pk=pk)
