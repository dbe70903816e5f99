"""What a rule is asked about, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from common.wording import clauses, labelled
from organizations.models import Organization, Place
from organizations.queries import Standing
from rounds.eligibility_kinds.groups import in_words
from rounds.models import EligibilityRule, Round
from ventures.eligibility.duplicates import Match
from ventures.models import Venture

# holds (None: not known), and the sentence with rule, number and date
Answer = tuple[bool | None, str]


@dataclass(frozen=True)
class Finding:
    """An answered rule, or an answered group of rules of which one is enough: then each of them stands in `alternatives`.
    `on`: the day it was asked about. `matches` are for the desk only: an applicant does not read what others have applied
    for."""

    rule: str
    holds: bool | None
    label: str
    evidence: str
    blocks: bool
    matches: Sequence[Match] = ()
    on: date | None = None
    rule_id: int = 0  # of a group its first; 0: no rule of the round
    alternatives: Sequence["Finding"] = ()

    @property
    def title(self) -> str:
        """The label where the alternatives stand below it."""
        return _("One of these is enough") if self.alternatives else self.label

    @property
    def rules(self) -> set[str]:
        """The kinds of rule that it answers."""
        return {finding.rule for finding in self.alternatives} or {self.rule}

    @property
    def stops(self) -> bool:
        """What is not known does not open the door: the evidence says what to add."""
        return self.blocks and self.holds is not True


@dataclass(frozen=True)
class Case:
    """What the rules are asked about. `venture` is None before anything is written."""

    round: Round
    organization: Organization
    standing: Standing
    broken_off: list[tuple[str, str, date | None]]  # title, organization's name, settled on (None: not yet)
    venture: Venture | None
    on: date

    @property
    def registered(self) -> Standing:
        """Whose registration counts."""
        return self.standing.host or self.standing

    @property
    def all(self) -> list[Standing]:
        return [self.standing, self.standing.host] if self.standing.host else [self.standing]

    def named(self, of: Standing, evidence: str) -> str:
        """Whose fact it is, where a group and its host are judged together."""
        return labelled(of.name, evidence) if self.standing.host else evidence


class Evaluation:
    """How the rules of a kind (`rounds.eligibility_kinds`) are answered. Each stands in a module of `ventures.eligibility.kinds`."""

    slug: str
    needs_venture = False  # what depends on the application is not known before it is begun

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        raise NotImplementedError

    def finding(self, rule: EligibilityRule, case: Case) -> Finding:
        holds, evidence = self.answer(rule, case)
        return Finding(rule.kind, holds, str(rule), evidence, rule.blocks, on=case.on, rule_id=rule.pk)

    def unasked(self, venture: Venture) -> Finding | None:
        """What the desk is shown also of a round that has no such rule."""
        return None


def number_of(rule: EligibilityRule) -> int:
    return rule.number or 1


def lies_in(place: Place, city: Place) -> bool:
    """By the codes of GB/T 2260: 330482107 lies in 330482000000 and in 330400."""
    head = city.code[:6]
    while head.endswith("00"):
        head = head[:-2]
    return place.code.startswith(head)


def years_before(day: date, years: int) -> date:
    """The same day some years ago; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def any_of(findings: Sequence[Finding]) -> Finding:
    """A group as a whole: one rule that holds is enough; else one that is not known keeps it open. What the group does is
    what its first rule does."""
    if len(findings) == 1:
        return findings[0]
    first, values = findings[0], {f.holds for f in findings}
    return Finding(
        rule=first.rule,
        holds=True if True in values else None if None in values else False,
        label=in_words([f.label for f in findings]),
        evidence=clauses(labelled(_("“%(rule)s”") % {"rule": f.label}, f.evidence) for f in findings),
        blocks=first.blocks,
        matches=[match for f in findings for match in f.matches],
        on=first.on,
        rule_id=first.rule_id,
        alternatives=findings,
    )


def all_of(answers: list[Answer]) -> Answer:
    """One that does not hold decides, then one that is not known."""
    values = {holds for holds, __ in answers}
    holds = False if False in values else None if None in values else True
    return holds, " · ".join(evidence for __, evidence in answers)
