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
from rounds.cards import CARDS, advice
from rounds.cards.card import Card
from rounds.forms.cards import PAGES
from rounds.forms.rows import CardTable
from rounds.models import Round
from rounds.views.frame import address_after, frame, is_frozen, whole_round


class Editor:
    """One card over what is stored or over what was sent, and how it is saved."""

    def __init__(self, round_: Round, card: Card, data: Any = None) -> None:
        self.round, self.card, self.data = round_, card, data
        self.page = PAGES[card.slug]
        stored = queries.stored(round_, card.slug)
        self.form = self.page.form(data, initial={**self.page.form.shown(round_), "base_digest": stored.digest})
        self.tables: dict[str, CardTable] = {
            table.related: typed(data, stored=stored.tables[table.related], prefix=table.prefix)
            for table, typed in zip(card.tables, self.page.tables, strict=True)
        }

    @property
    def is_rearranged(self) -> bool:
        """A button of a table was pressed without a script."""
        return any(table.pressed[0] for table in self.tables.values())

    def rearrange(self) -> None:
        """Show what was typed, in the new order."""
        self.form = self.page.form(initial={field.name: field.data for field in self.form})
        self.tables = {related: table.rearranged() for related, table in self.tables.items()}

    def is_valid(self) -> bool:
        ok = all([self.form.is_valid(), *[table.is_valid() for table in self.tables.values()]])
        if not ok and not self.form.errors:
            # A bad cell is told at the cell; the page on top says so too.
            problems = [problem for table in self.tables.values() for problem in table.non_form_errors()]
            self.form.add_error(None, problems or _("Please correct the marked cells of the table."))
        return ok

    def save(self, by: Any) -> None:
        given = dict(self.form.cleaned_data)
        try:
            actions.save_card(
                self.round, self.card.slug, by=by, facts=self.form.facts, places=given.get("places"),
                tables={related: table.values for related, table in self.tables.items()},
                base_digest=given["base_digest"] or None,
            )  # fmt: skip
        except Invalid as e:
            raise self._told(e) from None

    def _told(self, refused: Invalid) -> Invalid:
        """What was refused of a cell is told there; what is left of the refusal for the page."""
        left = dict(refused.fields)
        for table in self.tables.values():
            cells = {name: said for name, said in left.items() if name.startswith(f"{table.prefix}-")}
            table.tell(cells)
            left = {name: said for name, said in left.items() if name not in cells}
        return Invalid(left or {"": [_("Please correct the marked cells of the table.")]})

    def compare(self) -> dict[str, Any]:
        """Somebody was first: what is stored now, beside what was typed here, which may be saved over it knowingly."""
        self.round = whole_round(self.round.pk)
        there = queries.stored(self.round, self.card.slug)
        self.form.rebase(there.digest)
        labels = {name: field.label for name, field in self.form.fields.items()}
        facts = queries.told_apart(labels, self.page.form.shown(self.round), self.form.cleaned_data)
        differing = [
            table for table in self.card.tables if self.tables[table.related].values != there.tables[table.related]
        ]
        rows = [str(row) for table in differing for row in getattr(self.round, table.related).all()]
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
    if card not in PAGES:
        raise Http404
    row, spec = whole_round(pk), CARDS[card]
    if request.method != "POST":
        return _to_round(request, row) if is_frozen(row) else _show(request, Editor(row, spec))
    editor = Editor(row, spec, request.POST)
    if editor.is_rearranged:
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
            messages.success(request, _("“%(card)s” saved %(time)s.") % {"card": spec.label, "time": clock_time()})
            if "next" in request.POST:
                return redirect(address_after(spec, row))
            return redirect("desk_round_card", pk=pk, card=card)
    return _show(request, editor, theirs)


def _show(request: HttpRequest, editor: Editor, theirs: Any = None) -> HttpResponse:
    context = frame(editor.round, editor.card.slug) | {
        "page": editor.page,
        "tables": editor.tables,
        "theirs": theirs,
        "advice": advice(editor.round, editor.card.slug),
    }
    return respond(request, "rounds/card.html", context, editor.form)


def _to_round(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.info(
        request,
        _("%(round)s is “%(state)s”: its rules are frozen. What has to change is published as an amendment.")
        % {"round": round_, "state": round_.get_state_display()},
    )
    return redirect("desk_round", pk=round_.pk)
