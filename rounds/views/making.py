"""A new round: from the last one or from nothing. And the end of one that never opened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.site.web import errors_into, form_page, post_only, respond
from rounds import actions, queries
from rounds.forms.making import CopyForm, NewRoundForm, SeriesForm
from rounds.models import Round


def _round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("series", "platform"), pk=pk)


@form_page("rounds.set_up")
def new(request: HttpRequest) -> HttpResponse:
    form = NewRoundForm(request.POST or None, editions=queries.next_editions(), initial=queries.proposed())
    if form.is_bound and form.is_valid():
        with errors_into(form):
            row = actions.create_round(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(round)s is in preparation. Fill its cards one by one.") % {"round": row})
            return redirect("desk_round_card", pk=row.pk, card="basics")
    return respond(request, "rounds/new.html", {"sources": queries.sources()}, form)


@form_page("rounds.set_up")
def new_series(request: HttpRequest) -> HttpResponse:
    form = SeriesForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            series = actions.create_series(by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The series “%(series)s” is there. Now make its first round.") % {"series": series}
            )
            return redirect("desk_round_new")
    return respond(request, "rounds/series.html", {}, form)


@form_page("rounds.set_up")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    source = _round(pk)
    edition = dict(queries.next_editions())[source.series]
    initial = {
        "edition": edition, "own_title": actions.next_title(source, edition), "is_demo": source.is_demo,
    }  # fmt: skip
    form = CopyForm(request.POST or None, source=source, initial=initial)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            row = actions.copy_round(source, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(round)s is in preparation, with everything from %(source)s. Check the days of its calendar first.")
                % {"round": row, "source": source},
            )
            return redirect("desk_round_card", pk=row.pk, card="calendar")
    context = {"source": source, "counts": queries.counts_of(source), "window": actions.next_window(source)}
    return respond(request, "rounds/copy.html", context, form)


@post_only("rounds.set_up")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = _round(pk)
    name = str(row)
    actions.delete_round(row, by=request.user)
    messages.success(request, _("%(round)s is deleted.") % {"round": name})
    return redirect("desk_rounds")
