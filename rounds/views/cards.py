"""The cards of the set-up, and the page that tells what is still open."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.clock import clock_time
from common.errors import Invalid, Stale
from common.site.web import errors_into, form_page, page, respond
from rounds import actions, queries
from rounds.forms.cards import CARDS
from rounds.models import Round
from rounds.readiness import CARDS as ORDER
from rounds.readiness import advice
from rounds.views.frame import frame, is_frozen, whole_round


class Editor:
    """One card over what is stored or over what was sent, and how it is saved."""

    def __init__(self, round_: Round, slug: str, data: Any = None) -> None:
        self.round, self.slug, self.data = round_, slug, data
        spec = CARDS[slug]
        stored = queries.stored(round_, slug)
        self.form = spec.form(data, initial={**spec.form.shown(round_), "seen": stored.digest})
        rows = queries.sections_shown(round_) if slug == "sections" else stored.rows
        self.table = spec.table(data, stored=rows) if spec.table else None

    def rearrange(self) -> None:
        """A button of the table was pressed without a script: show what was typed, in the new order."""
        assert self.table is not None
        self.form = CARDS[self.slug].form(initial={field.name: field.data for field in self.form})
        self.table = self.table.rearranged()

    def is_valid(self) -> bool:
        ok = all([self.form.is_valid(), self.table is None or self.table.is_valid()])
        if not ok and not self.form.errors:
            # A bad cell is told at the cell; the page on top says so too.
            problems = self.table.non_form_errors() if self.table is not None else []
            self.form.add_error(None, problems or _("Please correct the marked cells of the table."))
        return ok

    def save(self, by: Any) -> None:
        given = dict(self.form.cleaned_data)
        rows = self.table.values if self.table is not None else None
        if self.slug == "sections" and rows is not None:
            rows = [row for row in rows if row["on"]]
        try:
            actions.save_card(
                self.round, self.slug, by=by, facts=self.form.facts, rows=rows, places=given.get("places"),
                seen=given["seen"] or None,
            )  # fmt: skip
        except Invalid as e:
            cells = {name: said for name, said in e.fields.items() if name.startswith("row-")}
            if cells and self.table is not None:
                self.table.tell(cells)
                raise Invalid(
                    {k: v for k, v in e.fields.items() if k not in cells}
                    or {"": [_("Please correct the marked cells of the table.")]}
                ) from None
            raise

    def compare(self) -> dict[str, Any]:
        """Somebody was first: what is stored now, beside what was typed here, which may be saved over it knowingly."""
        self.round = whole_round(self.round.pk)
        there = queries.stored(self.round, self.slug)
        self.form.see(there.digest)
        shown = CARDS[self.slug].form.shown(self.round)
        labels = {name: field.label for name, field in self.form.fields.items()}
        facts = queries.told_apart(labels, shown, self.form.cleaned_data)
        rows = []
        if self.table is not None and self.table.values != there.rows:
            rows = [str(row) for row in getattr(self.round, queries.TABLES[self.slug][0]).all()]
        return {"facts": facts, "rows": rows}


@page("rounds.set_up")
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every card with its open points; from here the call is opened."""
    row = whole_round(pk)
    if is_frozen(row):
        return _to_round(request, row)
    context = frame(row, "overview")
    context |= {
        "advised": [(card, advice(row, card.slug)) for card in context["cards"]],
        "may_open": request.user.has_perm("rounds.run"),
    }
    return respond(request, "rounds/overview.html", context)


@form_page("rounds.set_up")
def card(request: HttpRequest, pk: int, card: str) -> HttpResponse:
    if card not in CARDS:
        raise Http404
    row = whole_round(pk)
    if request.method != "POST":
        return _to_round(request, row) if is_frozen(row) else _show(request, Editor(row, card))
    editor = Editor(row, card, request.POST)
    if editor.table is not None and editor.table.pressed[0]:
        editor.rearrange()
        return _show(request, editor)
    theirs = None
    if editor.is_valid():
        with errors_into(editor.form):
            try:
                editor.save(by=request.user)
            except Stale:
                theirs = editor.compare()
                raise
            messages.success(request, _("“%(card)s” saved %(time)s.") % {"card": ORDER[card], "time": clock_time()})
            if "next" in request.POST:
                return redirect(*_after(row, card))
            return redirect("desk_round_card", pk=pk, card=card)
    return _show(request, editor, theirs)


def _show(request: HttpRequest, editor: Editor, theirs: Any = None) -> HttpResponse:
    context = frame(editor.round, editor.slug) | {
        "table": editor.table,
        "theirs": theirs,
        "advice": advice(editor.round, editor.slug),
    }
    return respond(request, "rounds/card.html", context, editor.form)


def _after(round_: Round, slug: str) -> tuple[Any, ...]:
    """The page after a card; the questions have a page of their own kind, and after the last comes the overview."""
    order = list(ORDER)
    following = order[order.index(slug) + 1 :]
    if not following:
        return ("desk_round_setup", round_.pk)
    if following[0] == "questions":
        return ("desk_round_questions", round_.pk)
    return ("desk_round_card", round_.pk, following[0])


def _to_round(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.info(
        request,
        _("%(round)s is “%(state)s”: its rules are frozen. What has to change is published as an amendment.")
        % {"round": round_, "state": round_.get_state_display()},
    )
    return redirect("desk_round", pk=round_.pk)
