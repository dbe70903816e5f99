"""Whether the same content has been applied for or funded elsewhere. Candidates are found cheaply, then compared."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from organizations.models import Organization
from ventures.eligibility.similarity import ALIKE, percent, pieces
from ventures.models import Venture
from ventures.states import AWARDED_STATES, FINAL_STATES, NOT_HANDED_IN
from ventures.visibility_by_role import not_sealed

# Not handed in, or over without money: the same project may be applied for again.
NEVER_FUNDED = NOT_HANDED_IN | (FINAL_STATES - AWARDED_STATES)
MOST_RELATED = 40  # ventures of the same hands that are compared in full
MOST_HANDS = 50  # organizations with the same host or account
MOST_OTHERS = 300  # applications of other organizations that are glanced at, the newest first
MOST_NEAR = 10  # of these, how many are compared in full
NEAR_TITLE = 50  # percent
SAMPLE, EVERY, NEAR_SAMPLES = 6, 9, 20  # characters of a sample, distance of two, percent that stand in the other

TEXTS = ("title", "application__summary", "application__goals")


@dataclass(frozen=True)
class Match:
    """Another venture that says the same, in percent, or of the same hands under the same title."""

    venture: Venture
    percent: int
    same_hands: bool  # the same organization, its host or group, or the same bank account
    same_title: bool = False

    @property
    def is_alike(self) -> bool:
        """What it says, whatever it is called."""
        return self.percent >= ALIKE

    @property
    def why(self) -> str:
        words = _("same title, %(percent)s%% the same") if self.same_title else _("%(percent)s%% the same")
        return words % {"percent": self.percent}


def matches(venture: Venture) -> list[Match]:
    """What says the same as this venture, the most alike first. Five queries."""
    title, summary, goals = Venture.objects.filter(pk=venture.pk).values_list(*TEXTS).get()
    said = pieces(_joined(title, summary, goals))
    own = {v.pk: v for v in related(venture.organization).exclude(pk=venture.pk)[:MOST_RELATED]}
    others = comparable().exclude(pk__in=[venture.pk, *own])
    recent = others.order_by("-pk").values_list("pk", "title", "application__summary")[:MOST_OTHERS]
    near = _near(title, summary or "", recent)
    found = _with_texts(Venture.objects.filter(pk__in=[*own, *near] or [0]))  # asked in any case: a known number
    compared = [
        Match(
            v,
            percent(said, pieces(_joined(v.title, v.said_summary, v.said_goals))),
            same_hands=v.pk in own,
            same_title=_plain(v.title) == _plain(title),
        )
        for v in found
    ]
    alike = [m for m in compared if m.is_alike or (m.same_title and m.same_hands)]
    return sorted(alike, key=lambda m: (-m.percent, m.venture.pk))


def matches_among(organization: Organization) -> list[tuple[Venture, Match]]:
    """Pairs of ventures from the same hands that say the same. Two queries."""
    found = list(_with_texts(related(organization))[:MOST_RELATED])
    said = {v.pk: pieces(_joined(v.title, v.said_summary, v.said_goals)) for v in found}
    pairs = []
    for n, one in enumerate(found):
        for other in found[n + 1 :]:
            same_title = _plain(one.title) == _plain(other.title)
            match = Match(other, percent(said[one.pk], said[other.pk]), same_hands=True, same_title=same_title)
            if match.is_alike or same_title:
                pairs.append((one, match))
    return sorted(pairs, key=lambda pair: -pair[1].percent)


def related(organization: Organization) -> QuerySet[Venture]:
    """Ventures from the same hands that were, are or may be funded, the newest first.

    The hands are found before: one condition over ventures and their organizations would read every venture there is.
    """
    hands = Q(pk=organization.pk) | Q(host=organization.pk)
    if organization.host_id:
        hands |= Q(pk=organization.host_id)
    if organization.bank_account:
        hands |= Q(bank_account=organization.bank_account)
    same = list(Organization.objects.filter(hands).order_by("-pk").values_list("pk", flat=True)[:MOST_HANDS])
    if organization.pk not in same:
        same.append(organization.pk)
    return comparable().filter(organization__in=same).order_by("-pk")


def comparable() -> QuerySet[Venture]:
    """Ventures that were, are or may be funded. What is sealed is compared when it is opened: to name it would open it."""
    return Venture.objects.filter(not_sealed()).exclude(state__in=NEVER_FUNDED)


def _with_texts(rows: QuerySet[Venture]) -> Any:
    texts = {"said_summary": F("application__summary"), "said_goals": F("application__goals")}
    return rows.select_related("round__series", "organization").annotate(**texts)


def _near(title: str, summary: str, others: Iterable[tuple[int, str, str | None]]) -> list[int]:
    """At a glance: titles with much in common, or summaries in which samples of this one stand word for word."""
    own = _pairs(title)
    samples = [summary[n : n + SAMPLE] for n in range(0, len(summary) - SAMPLE + 1, EVERY)]
    found = []
    for pk, other_title, other_summary in others:
        pairs, text = _pairs(other_title), other_summary or ""
        share = len(own & pairs) * 100 // (len(own | pairs) or 1)
        standing = sum(sample in text for sample in samples) * 100 // (len(samples) or 1)
        if share >= NEAR_TITLE or standing >= NEAR_SAMPLES:
            found.append((max(share, standing), pk))
    return [pk for __, pk in sorted(found, reverse=True)[:MOST_NEAR]]


def _pairs(title: str) -> set[str]:
    plain = _plain(title).replace("项目", "").replace("服务", "")
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def _plain(title: str) -> str:
    """Without signs and spaces: 《乡音相伴——服务项目》 is 乡音相伴服务项目."""
    return "".join(c for c in unicodedata.normalize("NFKC", title).lower() if c.isalnum())


def _joined(*texts: str | None) -> str:
    return "\n".join(t or "" for t in texts)
