"""What a rule is asked about, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.wording import labelled
from organizations.models import Organization
from organizations.queries import Standing
from rounds.models import EligibilityRule, Round
from ventures.eligibility.duplicates import Match
from ventures.models import Venture

# holds (None: not known), and the sentence with rule, number and date
Answer = tuple[bool | None, str]


@dataclass(frozen=True)
class Finding:
    """An answered rule. `matches` are for the desk only: an applicant does not read what others have applied for."""

    rule: str
    holds: bool | None
    label: str
    evidence: str
    blocks: bool
    matches: Sequence[Match] = ()

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
        return Finding(rule.kind, holds, str(rule), evidence, blocks(rule))

    def unasked(self, venture: Venture) -> Finding | None:
        """What the desk is shown also of a round that has no such rule."""
        return None


def blocks(rule: EligibilityRule) -> bool:
    return rule.effect == EligibilityRule.Effect.BLOCK


def number_of(rule: EligibilityRule) -> int:
    return rule.number or 1


def all_of(answers: list[Answer]) -> Answer:
    """One that does not hold decides, then one that is not known."""
    values = {holds for holds, __ in answers}
    holds = False if False in values else None if None in values else True
    return holds, " · ".join(evidence for __, evidence in answers)
