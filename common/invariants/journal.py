"""Laws of the journal: what it tells is what became of the thing."""

from typing import Any

from django.db.models import Case, Count, F, Min, OuterRef, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Lag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.invariants.registry import Violations, invariant
from common.machine.door import machines, transitions_of
from common.models import JournalEntry


def _moves() -> Any:
    return JournalEntry.objects.exclude(to_state="")


def _initial(model: Any) -> str:
    return str(model._meta.get_field("state").default)


@invariant(gettext_lazy("The journal tells only moves that the machine knows"))
def only_moves_of_the_machine_are_told() -> Violations:
    """ "accept", from submitted to eligible, is a move. "accept", from draft to eligible, is none: somebody has written
    past the door."""
    by_label = {model._meta.label_lower: model for model in machines()}
    lines = _moves().values("subject_kind", "verb", "from_state", "to_state").order_by()
    for told in lines.annotate(n=Count("pk"), first=Min("subject_id")):
        model = by_label.get(told["subject_kind"])
        move = transitions_of(model, told["verb"]).get(told["from_state"]) if model else None
        if move is None or str(move.target) != told["to_state"]:
            yield f"{told['subject_kind']} {told['first']}", ngettext("“%(verb)s” from %(from)s to %(to)s is no move (%(n)s line).", "“%(verb)s” from %(from)s to %(to)s is no move (%(n)s lines).", told["n"]) % {
                "verb": told["verb"], "from": told["from_state"], "to": told["to_state"], "n": told["n"],
            }  # fmt: skip


@invariant(gettext_lazy("The last move that the journal tells has led to the present state"))
def the_last_move_has_led_to_the_state() -> Violations:
    """The last line of HC2020-001 reads "close, in closure → closed", and it is closed. A venture without a line is
    still a draft, a round without one is still being prepared."""
    for model in machines():
        lines = _moves().filter(subject_kind=model._meta.label_lower, subject_id=OuterRef("pk")).order_by("-pk")
        rows = model._base_manager.annotate(
            told=Coalesce(Subquery(lines.values("to_state")[:1]), Value(_initial(model)))
        )
        row: Any
        for row in rows.exclude(told=F("state")):
            yield row, _("the journal has led it to %(told)s, but it is %(state)s.") % {
                "told": row.told, "state": row.state,
            }  # fmt: skip


@invariant(gettext_lazy("Each move begins where the last one ended"))
def each_move_begins_where_the_last_one_ended() -> Violations:
    """draft → submitted, submitted → eligible, eligible → in review. A line "eligible → in review" right after
    "draft → submitted" has lost the one between them."""
    initial = Case(
        *(When(subject_kind=m._meta.label_lower, then=Value(_initial(m))) for m in machines()), default=Value("")
    )
    last = Window(Lag("to_state"), partition_by=["subject_kind", "subject_id"], order_by="pk")
    for line in _moves().annotate(expected=Coalesce(last, initial)).exclude(expected=F("from_state")):
        yield f"{line.subject_kind} {line.subject_id}", _("“%(verb)s” of %(at)s begins at %(from)s instead of %(to)s.") % {
            "verb": line.verb, "at": f"{line.at:%Y-%m-%d}", "from": line.from_state, "to": line.expected,
        }  # fmt: skip
