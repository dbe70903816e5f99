"""The set-up of a round as it is stored: what each card shows, its digest, and how far the round is."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.clock import now
from rounds.models import FormSection, Question, Round, Series
from rounds.readiness import ALWAYS_ON, CARDS, PARTS, all_points, plain
from rounds.states import RoundState

MOST_SHOWN = 12  # open calls and running notices on a front page; each has a page with all

# Card → the fields of the round that it sets.
FACTS: Mapping[str, tuple[str, ...]] = {
    "basics": (
        "edition", "year", "city", "platform_id", "host", "organizer", "co_organizer", "contact", "introduction",
        "is_demo",
    ),
    "calendar": ("opens_at", "closes_at", "correction_days", "max_corrections", "notice_days"),
    "money": ("budget", "cap", "min_grant", "grant_tiers", "quota", "max_per_organization", "min_self_raised"),
    "papers": ("stamp_required", "sealed"),
    "rubric": ("min_scores", "trim_from", "pass_mark", "excellent_from", "good_from", "final_pass_mark"),
}  # fmt: skip
# Card → the round's table that it keeps and the table's columns.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "money": ("budget_rules", ("category", "max_percent")),
    "scope": ("categories", ("name",)),
    "eligibility": ("eligibility_rules", ("kind", "number", "options", "effect")),
    "sections": ("form_sections", ("slug", "title", "guidance", "required")),
    "papers": ("attachment_rules", ("label", "help_text", "required", "max_files")),
    "checklist": ("check_items", ("label",)),
    "rubric": ("rubric", ("label", "weight", "guidance", "tie_break")),
    "tranches": ("tranche_rules", ("label", "percent", "trigger")),
}
QUESTION = (
    "section_id", "kind", "label", "help_text", "required", "options", "max_length", "asked_if_id", "asked_if_value",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A card as it is stored. `places` are keys of towns."""

    facts: dict[str, Any]
    rows: list[dict[str, Any]]
    places: list[int]

    @property
    def digest(self) -> str:
        """Changes with any word or number of the card: who saves over another one's change is told."""
        text = json.dumps([self.facts, self.rows, self.places], default=_told, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def _told(value: Any) -> str:
    # 30 and 30.00 are the same number, and a moment is the same in every time zone it is written in.
    if isinstance(value, datetime):
        return localtime(value).isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def stored(round_: Round, card: str) -> Stored:
    """Two queries at most."""
    facts = {name: getattr(round_, name) for name in FACTS.get(card, ())}
    rows: list[dict[str, Any]] = []
    if card in TABLES:
        related, columns = TABLES[card]
        rows = [{c: getattr(row, c) for c in columns} for row in getattr(round_, related).all()]
    places = sorted(round_.places.values_list("pk", flat=True)) if card == "scope" else []
    return Stored(facts, rows, places)


def question_digest(question: Question) -> str:
    return Stored({name: getattr(question, name) for name in QUESTION}, [], []).digest


def questions_of(round_: Round) -> list[Question]:
    """In the order in which they are asked. One query."""
    return list(
        Question.objects.filter(section__round=round_)
        .select_related("section", "asked_if")
        .order_by("section__ordinal", "ordinal")
    )


@dataclass(frozen=True)
class CardLine:
    """A card in the list beside the page."""

    slug: str
    label: Any
    points: list[str]

    @property
    def is_done(self) -> bool:
        return not self.points


def whole(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """With everything that the validators read, in a fixed number of queries."""
    with_questions = Prefetch("form_sections", FormSection.objects.prefetch_related("questions"))
    parts = [p for p in PARTS if not p.startswith("form_sections")]
    return rounds.select_related("series", "platform").prefetch_related(with_questions, *parts)


def cards_of(round_: Round) -> list[CardLine]:
    found = all_points(round_)
    return [CardLine(slug, label, found[slug]) for slug, label in CARDS.items()]


@dataclass(frozen=True)
class Progress:
    """How complete a round in preparation is."""

    complete: int
    total: int = len(CARDS)

    @property
    def is_whole(self) -> bool:
        return self.complete == self.total


def progress(rounds: Sequence[Round]) -> dict[int, Progress]:
    """Round → how complete, for those of `rounds` that are in preparation: the same queries for one and for many."""
    preparing = [r.pk for r in rounds if r.state == RoundState.PREPARING]
    found = whole(Round.objects.filter(pk__in=preparing)) if preparing else ()
    return {r.pk: Progress(sum(not points for points in all_points(r).values())) for r in found}


def next_editions() -> list[tuple[Series, int]]:
    """Every series with the edition that comes next. One query."""
    return [(s, (s.last or 0) + 1) for s in Series.objects.annotate(last=Max("rounds__edition")).order_by("code")]  # type: ignore[attr-defined]


def sources() -> list[Round]:
    """Rounds to copy from, the newest first. One query."""
    return list(Round.objects.select_related("series").order_by("-opens_at", "-pk")[:20])


def proposed() -> dict[str, Any]:
    """What a round from nothing takes over from the last one: where, who. {} for the first."""
    last = Round.objects.order_by("-opens_at", "-pk").first()
    return {"city": last.city, "platform": last.platform_id, "host": last.host} if last else {}


def counts_of(round_: Round) -> list[tuple[Any, int]]:
    """What a copy of the round takes along: the table in words, and how many rows. One query for each."""
    return [
        (_("Sections of the form"), round_.form_sections.count()),
        (_("Extra questions"), Question.objects.filter(section__round=round_).count()),
        (_("Categories"), round_.categories.count()),
        (_("Rules on who may apply"), round_.eligibility_rules.count()),
        (_("Limits for kinds of expense"), round_.budget_rules.count()),
        (_("Papers to attach"), round_.attachment_rules.count()),
        (_("Lines of the checklist"), round_.check_items.count()),
        (_("Criteria of the rubric"), round_.rubric.count()),
        (_("Tranches"), round_.tranche_rules.count()),
    ]


def sections_shown(round_: Round) -> list[dict[str, Any]]:
    """The sections for their card: what is on in its order, then what is off. Without rows: the plain form."""
    kept = [{"on": True, **row} for row in stored(round_, "sections").rows]
    there = {row["slug"] for row in kept}
    plain_form = not kept
    for slug in FormSection.Slug:
        if slug not in there:
            on = plain_form and slug in ALWAYS_ON
            kept.append({"on": on, "slug": slug.value, "title": "", "guidance": "", "required": False})
    return kept


# --- What every applicant is told -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What a round asks of applicants beside the application: for its public page."""

    rules: list[str]  # who may apply
    papers: list[tuple[str, str, bool]]  # paper, hint, whether it must be there
    places: list[str]
    stamp_required: bool

    def __bool__(self) -> bool:
        return bool(self.rules or self.papers or self.places or self.stamp_required)


def asked_of_applicants(round_: Round) -> Asked:
    """Three queries."""
    return Asked(
        rules=[str(rule) for rule in round_.eligibility_rules.all()],
        papers=[(p.label, p.help_text, p.required) for p in round_.attachment_rules.all()],
        places=[str(place) for place in round_.places.all()],
        stamp_required=round_.stamp_required,
    )


# --- Two at one card ------------------------------------------------------------------------------------------------


def told_apart(labels: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Field by field, what another one has saved and what was typed here, where the two differ."""
    return [
        {"label": labels.get(name, name), "theirs": said(value), "yours": said(yours.get(name))}
        for name, value in theirs.items()
        if said(value) != said(yours.get(name))
    ]


def said(value: Any) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(said(v) for v in value)
    return "—" if value in (None, "") else str(value)


# --- What everybody may ask -----------------------------------------------------------------------------------------


def public_rounds() -> Any:
    return Round.objects.public().select_related("series")


def open_rounds() -> list[Round]:
    """Rounds whose call is open or about to open, the nearest deadlines first; the page of rounds has them all. One query."""
    return list(public_rounds().filter(state=RoundState.OPEN, closes_at__gte=now()).order_by("closes_at")[:MOST_SHOWN])
