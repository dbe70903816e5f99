"""The tables of an application out to Excel and back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Invalid
from common.files import give
from common.files.kinds import MEDIA_TYPES
from common.site.exports import made_on_demand
from common.site.uploads import takes_files
from common.site.web import page, post_only
from ventures.application import actions
from ventures.application.completeness.budget import lines_in
from ventures.application.content import form_of
from ventures.application.content.fields import TABLES, Field, Slug
from ventures.application.forms.excel import HiddenParts, rows_from, workbook_of
from ventures.application.views.papers import may_hand_in
from ventures.models import Venture
from ventures.requested import visible_venture

LIMIT = 5 * 1024 * 1024  # bytes; sixty rows need a hundredth of that
XLSX = MEDIA_TYPES["xlsx"]


def _table(venture: Venture, table: str) -> Field:
    field = form_of(venture.round).get(table)
    if field is None or table not in TABLES:
        raise Http404
    return field


@page("ventures.fill_in")
@made_on_demand
def table_out(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """The template of a table with what is stored."""
    venture = visible_venture(request, pk)
    field = _table(venture, table)
    return give(workbook_of(venture, table), f"{field.label}_{venture.title}.xlsx", XLSX)


@takes_files(LIMIT, ask=may_hand_in)
@post_only("ventures.fill_in")
def table_in(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Replace the rows of a table by a workbook's; all or none. `base_digest` guards what a colleague has written."""
    venture = visible_venture(request, pk)
    field = _table(venture, table)
    upload = request.FILES.get("file")
    errors: list[str] = []
    hidden = False
    try:
        if upload is None:
            raise Invalid({"file": [_("Please choose a file.")]})
        rows = rows_from(upload, field, with_hidden="with_hidden" in request.POST)
        base_digests = {table: request.POST["base_digest"]} if "base_digest" in request.POST else None
        saved = actions.save_draft(venture, by=request.user, values={table: rows}, base_digests=base_digests)
        if saved.clashes:
            who = saved.by_name
            raise Invalid(
                {"file": [_("%(who)s has changed this table meanwhile. Look at it, then upload again.") % {"who": who}]}
            )
    except Invalid as e:
        errors, hidden = e.sentences, isinstance(e, HiddenParts)
    if errors:
        context = {"venture": venture, "field": field, "errors": errors, "table": table, "hidden": hidden}
        return render(request, "ventures/application/table_errors.html", context, status=422)
    messages.success(
        request,
        ngettext(
            "%(n)s row is taken over from the workbook into “%(table)s”.",
            "%(n)s rows are taken over from the workbook into “%(table)s”.",
            len(rows),
        )
        % {"n": len(rows), "table": field.label},
    )
    for problem in form_of(venture.round).budget.problems(lines_in(rows)) if table == Slug.BUDGET else ():
        messages.warning(request, problem)
    return redirect("apply_step", pk=pk, step=field.section)
