"""What the desk asks of due dates: which ventures are late with what, in lists, on Today and on the page of a round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.clock import today
from common.machine.due import LOOKED_AT, SOON_DAYS, Due, DueKind, due_dates, marked, readable_kinds
from common.site.paging import Count
from rounds.models import Round
from ventures.models import Venture
from ventures.models.venture import Ventures

SOON, OVERDUE = "soon", "overdue"
WORDS = {OVERDUE: _("Overdue"), SOON: _("Nearly due")}


# --- A filter of lists ------------------------------------------------------------------------------------------------


def choices(reader: Any) -> list[Any]:
    """What a filter offers: late or nearly so, with whatever it is or with one thing that the reader may know of."""
    kinds = readable_kinds(Venture, reader)
    each = [(word, [(f"{when}-{k.slug}", _say(word, k.label)) for k in kinds]) for when, word in WORDS.items()]
    return [("", _("All")), *WORDS.items(), *each]


def _say(word: Any, what: Any) -> str:
    return gettext("%(when)s: %(what)s") % {"when": word, "what": what}


def filtered(rows: Ventures, reader: Any, wanted: str) -> Ventures:
    """Of what the reader sees that which is `overdue`, due `soon`, or so with one thing: `overdue-midterm`."""
    when, __, slug = wanted.partition("-")
    until = today() - timedelta(1) if when == OVERDUE else today() + timedelta(SOON_DAYS)
    found = due_dates(rows, reader, until=until, only={slug} if slug else None)
    return rows.filter(pk__in={d.thing for d in found if d.is_overdue == (when == OVERDUE)})


# --- How many ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Late:
    """How many are late (or nearly so) with one thing, and since when the first."""

    kind: DueKind
    count: Count
    first: date
    url: str  # of the list of them
    is_overdue: bool = True

    @property
    def word(self) -> Any:
        return WORDS[OVERDUE if self.is_overdue else SOON]


def late(rows: QuerySet[Any], reader: Any) -> list[Late]:
    """What is overdue or nearly so among the things that the reader sees."""
    return list(_counted(due_dates(rows, reader, until=today() + timedelta(SOON_DAYS))))


def _counted(dates: Sequence[Due], **more: Any) -> Iterator[Late]:
    groups: dict[tuple[bool, str], list[Due]] = defaultdict(list)
    for due in dates:
        groups[not due.is_overdue, due.kind.slug].append(due)
    for (is_soon, slug), some in groups.items():
        url = _list_of(some[0].kind, **{"due": f"{SOON if is_soon else OVERDUE}-{slug}", **more})
        n = Count(len(some), more=len(dates) == LOOKED_AT)
        yield Late(some[0].kind, n, some[0].on, url, is_overdue=not is_soon)


def _list_of(kind: DueKind, **query: Any) -> str:
    if kind.of == Round._meta.label_lower:
        return reverse("desk_rounds")
    return f"{reverse('desk_ventures')}?{urlencode(query)}"


# --- The page of a round ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DueOfRound:
    """The round's own days, and how many of its ventures are late or nearly so with what."""

    own: list[Due]
    ventures: list[Late]

    @property
    def worst(self) -> "Due | Late | None":
        """What the head of the page tells."""
        lines: list[Any] = [*(d for d in self.own if d.is_overdue or d.is_soon), *self.ventures]
        return min(lines, key=lambda line: not line.is_overdue, default=None)


def due_of_round(round_: Round, reader: Any) -> DueOfRound:
    """Four queries at most."""
    seen = Venture.objects.visible_to(reader).filter(round=round_)
    dates: Iterable[Due] = due_dates(seen, reader, until=today() + timedelta(SOON_DAYS))
    return DueOfRound(
        due_dates(Round.objects.filter(pk=round_.pk), reader), list(_counted(marked(dates), round=round_.pk))
    )
