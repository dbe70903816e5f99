"""The table of phases on the calendar's card: that it does not run backwards, and its days in a copy."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from rounds.cards.days import working_day_later, years_until_ahead
from rounds.cards.table import Table
from rounds.models import Round, RoundPhase


def backwards(round_: Round, phases: Sequence[RoundPhase]) -> Iterable[tuple[int, str, str]]:
    """What is wrong with the days of these phases, each as (place from 1, column, sentence with the days)."""
    opens_on, above = localdate(round_.opens_at), None
    for n, phase in enumerate(phases, 1):
        told = {"phase": phase.name, "start": phase.starts_on, "end": phase.ends_on}
        if phase.starts_on is None or phase.ends_on is None:
            if phase.starts_on or phase.ends_on:
                column = "ends_on" if phase.starts_on else "starts_on"
                yield n, column, _("“%(phase)s” needs both its first and its last day, or neither.") % told
            continue
        if phase.ends_on < phase.starts_on:
            yield n, "ends_on", _("“%(phase)s” would end on %(end)s, before it begins on %(start)s.") % told
        if phase.starts_on < opens_on:
            yield n, "starts_on", _("“%(phase)s” would begin on %(start)s, before the call opens on %(opens)s.") % {
                **told, "opens": opens_on,
            }  # fmt: skip
        elif above is not None and above.starts_on and phase.starts_on < above.starts_on:
            yield (
                n,
                "starts_on",
                _("“%(phase)s” would begin on %(start)s, before “%(above)s”, which stands above it, begins on %(day)s.")
                % {**told, "above": above.name, "day": above.starts_on},
            )
        above = phase


class PhaseTable(Table):
    """The call is no row of it: its days are typed once, above."""

    def check_rows(self, round_: Round, rows: Sequence[Any]) -> None:
        seen: set[tuple[str, str]] = set()
        for n, row in enumerate(rows, 1):
            if (row.kind, row.label) in seen:
                sentence = _("“%(value)s” stands there twice. Give each of them a name of its own.") % {
                    "value": row.name
                }
                raise Invalid({f"{self.prefix}-{n}-label": [sentence]})
            seen.add((row.kind, row.label))
        found: dict[str, list[str]] = {}
        for n, column, sentence in backwards(round_, rows):
            found.setdefault(f"{self.prefix}-{n}-{column}", []).append(sentence)
        if found:
            raise Invalid(found)

    def copy(self, source: Round, new: Round) -> None:
        """With their days moved as those of the call are."""
        years = years_until_ahead(source)
        RoundPhase.objects.bulk_create(
            RoundPhase(
                round=new,
                ordinal=phase.ordinal,
                kind=phase.kind,
                label=phase.label,
                starts_on=phase.starts_on and working_day_later(phase.starts_on, years),
                ends_on=phase.ends_on and working_day_later(phase.ends_on, years),
            )
            for phase in source.phases.all()
        )


PHASES = PhaseTable("phases", ("kind", "label", "starts_on", "ends_on"), gettext_lazy("Phases"), prefix="phase")
