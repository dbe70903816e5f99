"""What a calendar file holds: the phases of a round for everybody, and what waits for a person with its due date."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import now
from common.deadlines import told
from common.ics import Entry
from common.site.todo import Item, todo
from rounds.models import Round
from rounds.phases import PhaseKind
from rounds.queries import public_rounds
from rounds.states import RoundState
from rounds.timeline import planned
from ventures.models import Venture


def entries_of_round(round_: Round, site: str) -> list[Entry]:
    """Its phases that have days, with links to `site` (https://…). Once the call is open only an amendment changes them, so
    amendments count their revisions. Two queries."""
    last = round_.amendments.aggregate(n=Max("ordinal"), at=Max("published_at"))
    url, nth = site + reverse("round", args=[round_.pk]), Counter[str]()
    entries = []
    for phase in planned(round_):
        nth[phase.kind] += 1
        if phase.starts_on and phase.ends_on:
            entries.append(
                Entry(
                    key=f"round-{round_.pk}-{phase.kind}-{nth[phase.kind]}",
                    first=phase.starts_on,
                    last=phase.ends_on,
                    title=f"{phase.name} · {round_.title}",
                    revision=last["n"] or 0,
                    changed=last["at"] or round_.created_at,
                    text=_call(round_) if phase.kind == PhaseKind.CALL else _("These days are planned."),
                    url=url,
                )
            )
    return entries


def _call(round_: Round) -> str:
    return _("Applications are accepted from %(start)s to %(end)s.") % {
        "start": told(round_.opens_at),
        "end": told(round_.closes_at),
    }


def rounds_of(person: Any) -> Sequence[Round]:
    """Rounds that are under way and in which the person sees ventures. Two queries at most."""
    seen = Venture.objects.visible_to(person).order_by().values("round")
    return list(public_rounds().exclude(state=RoundState.CLOSED).filter(pk__in=seen).prefetch_related("phases"))


def entries_of_person(person: Any, site: str) -> list[Entry]:
    """The days of the person's rounds, and what waits for the person with the day by which it is to be done."""
    entries = [entry for round_ in rounds_of(person) for entry in entries_of_round(round_, site)]
    return entries + list(_due(person, todo(person), site))


def _due(person: Any, items: Iterable[Item], site: str) -> Iterable[Entry]:
    """Nothing counts the revisions of a due date: the time of the file does, so that the later file is right."""
    at = now()
    for item in items:
        if item.is_mine and item.due:
            what = f"{item.task} {item.count}" if item.count else f"{item.task} {item.thing}"
            yield Entry(
                key=f"due-{person.pk}-{item.url.strip('/').replace('/', '-')}",
                first=item.due,
                last=item.due,
                title=_("Due: %(what)s") % {"what": what},
                revision=int(at.timestamp()) // 60,
                changed=at,
                text=str(item.note or ""),
                url=site + item.url,
            )
