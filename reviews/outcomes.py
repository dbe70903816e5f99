"""The ranking of a round, held against its money and places: `reviews.selection` decides, here its answer is put in the words
of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reviews.selection import by_list
from reviews.selection.model import Places, Problem, Track, Venture
from ventures.allotment import Allotment

WHOLE_ROUND = "round"  # the one track of a round without tracks


class Outcome(TextChoices):
    """What the ranking says about a venture; for a decided venture, what was decided."""

    PROPOSE = "propose", _("To be proposed")
    RESERVE = "reserve", _("Reserve")
    DECLINE = "decline", _("Not to be selected")
    TIE = "tie", _("Tied at the money line")
    OPEN = "open", _("Scores are missing")


@dataclass(frozen=True)
class Entry:
    """A ranked venture; `most` (元) is the lower of its request and the cap. `rank` counts within its track."""

    pk: int
    rank: int
    mean: Decimal
    most: Decimal
    track: str = WHOLE_ROUND


@dataclass(frozen=True)
class Outcomes:
    """By venture id; `amounts` (元) of those to be proposed."""

    outcomes: Mapping[int, Outcome]
    amounts: Mapping[int, Decimal]


def tracks_of(left: Allotment) -> list[Track]:
    """A round is one track, with the places that are left and the round's pass mark."""
    return [Track(WHOLE_ROUND, Places(most=left.places), pass_mark=left.round.pass_mark)]


def outcomes_of(
    entries: Iterable[Entry], *, budget: Decimal, tracks: Sequence[Track], chosen: Mapping[int, Decimal]
) -> Outcomes:
    """What the rule `list` gives (`selection.by_list`), with `budget` (元) as what is left for all tracks.

    `chosen` amounts replace what a venture would get. Ventures of one rank stand or fall together; when only some of
    them fit, those that `chosen` names get their amounts (the committee has decided), and without any named the
    whole rank is a TIE. The pages show more than is decided then: who has the pass mark behind a tie is a reserve.
    The smallest grant is no reason to decline here: the action refuses such an amount and names it.
    """
    ventures = {
        str(e.pk): Venture(str(e.pk), e.track, score=e.mean, ask=e.most, rank=e.rank, chosen=chosen.get(e.pk))
        for e in entries
    }
    found = by_list.select(Problem(budget, tracks, list(ventures.values())))
    marks = {track.id: track.pass_mark for track in tracks}
    told = (
        dict.fromkeys(found.proposed, Outcome.PROPOSE)
        | dict.fromkeys(found.reserve, Outcome.RESERVE)
        | dict.fromkeys(found.declined, Outcome.DECLINE)
        | dict.fromkeys(found.tied, Outcome.TIE)
    )

    def behind_a_tie(v: Venture) -> Outcome:
        mark = marks[v.track]
        return Outcome.DECLINE if mark is not None and v.score < mark else Outcome.RESERVE

    return Outcomes(
        {int(name): told.get(name) or behind_a_tie(v) for name, v in ventures.items()},
        {int(name): amount for name, amount in found.proposed.items()},
    )
