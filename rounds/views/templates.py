"""Templates: rules of rounds that were really run, side by side, and those that the office keeps."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.site.web import errors_into, form_page, page, post_only, respond
from rounds import actions, queries
from rounds.forms.making import NewRoundForm, TemplateForm
from rounds.models import Round, RoundTemplate
from rounds.round_format.library import template, templates
from rounds.round_format.summary import summary_of


@page("rounds.set_up")
def listing(request: HttpRequest) -> HttpResponse:
    return respond(request, "rounds/templates.html", {"summaries": [summary_of(t) for t in templates()]})


@form_page("rounds.set_up")
def new(request: HttpRequest, key: str) -> HttpResponse:
    if (chosen := template(key)) is None:
        raise Http404
    form = NewRoundForm(request.POST or None, editions=queries.next_editions(), initial=queries.proposed())
    if form.is_bound and form.is_valid():
        with errors_into(form):
            row = actions.create_from_template(chosen, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(round)s is in preparation, with the rules of “%(template)s”. Check its cards one by one.")
                % {"round": row, "template": chosen.name},
            )
            return redirect("desk_round_card", pk=row.pk, card="basics")
    return respond(request, "rounds/from_template.html", {"summary": summary_of(chosen)}, form)


@form_page("rounds.set_up")
def save(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Round.objects.select_related("series", "platform"), pk=pk)
    form = TemplateForm(request.POST or None, initial={"name": row.title})
    if form.is_bound and form.is_valid():
        with errors_into(form):
            made = actions.save_as_template(row, by=request.user, name=form.cleaned_data["name"])
            messages.success(request, _("“%(template)s” is among the templates now.") % {"template": made})
            return redirect("desk_round_templates")
    return respond(request, "rounds/save_template.html", {"round": row}, form)


@post_only("rounds.set_up")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(RoundTemplate, pk=pk)
    actions.delete_template(row, by=request.user)
    messages.success(request, _("The template “%(template)s” is removed.") % {"template": row.name})
    return redirect("desk_round_templates")
