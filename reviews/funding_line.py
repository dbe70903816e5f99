"""Where the money ends in the ranking. Pure, no database. Source: domain notes, section 3."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What the ranking says about a venture; for a decided venture, what was decided."""

    PROPOSE = "propose", _("To be proposed")
    RESERVE = "reserve", _("Reserve")
    DECLINE = "decline", _("Not to be selected")
    TIE = "tie", _("Tied at the money line")
    OPEN = "open", _("Scores are missing")


@dataclass(frozen=True)
class Entry:
    """A ranked venture; `most` (元) is the lower of its request and the cap."""

    pk: int
    rank: int
    mean: Decimal
    most: Decimal


@dataclass
class FundingLine:
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    amounts: dict[int, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum(self.amounts.values(), Decimal(0))


def draw(
    entries: Iterable[Entry], *, budget: Decimal, quota: int, pass_mark: Decimal, chosen: Mapping[int, Decimal]
) -> FundingLine:
    """Go down the ranking from the first rank and hand out money (元) and places until one of them ends.

    The first venture that does not fit ends the line: nobody behind it is proposed, however small its request (no
    leap-frogging), so that a rank is never worth less than the one behind it. Whoever has the pass mark behind the
    line is a reserve, whoever is below it is declined.

    `chosen` amounts replace what a venture would get. Ventures of one rank stand or fall together; when only some of
    them fit, those that `chosen` names get their amounts (the committee has decided), and without any named the
    whole rank is a TIE.
    """
    line = FundingLine()
    passed = []
    for entry in sorted(entries, key=lambda e: e.rank):
        if entry.mean >= pass_mark:
            passed.append(entry)
        else:
            line.outcomes[entry.pk] = Outcome.DECLINE

    def fits(group: list[Entry]) -> bool:
        asked = sum((wanted[e.pk] for e in group), Decimal(0))
        return bool(group) and line.total + asked <= budget and len(line.amounts) + len(group) <= quota

    def put(group: list[Entry], outcome: Outcome) -> None:
        line.outcomes |= {e.pk: outcome for e in group}
        if outcome == Outcome.PROPOSE:
            line.amounts |= {e.pk: wanted[e.pk] for e in group}

    wanted = {e.pk: chosen.get(e.pk, e.most) for e in passed}
    ended = False
    for __, equals in groupby(passed, key=lambda e: e.rank):
        group = list(equals)
        if not ended and fits(group):
            put(group, Outcome.PROPOSE)
            continue
        named = [e for e in group if e.pk in chosen]
        if not ended and fits(named):
            put(named, Outcome.PROPOSE)
            put([e for e in group if e not in named], Outcome.RESERVE)
        elif not ended and not named and any(fits([e]) for e in group):
            put(group, Outcome.TIE)
        else:
            put(group, Outcome.RESERVE)
        ended = True
    return line
