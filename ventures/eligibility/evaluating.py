"""Who may apply: the rules that a round declares, each answered with its evidence.

Facts about the organization come from `organizations.queries.standing`. A 备案 group is judged with its host: what
hangs on a registration (kind, years, inspection, rating, account) is the host's; verification, lists and bans are both's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.clock import today
from organizations.models import AnnualInspection, Organization, PartyMark
from organizations.queries import Standing, standings
from rounds.models import EligibilityRule, Round
from ventures.eligibility.duplicates import Match, matches
from ventures.models import Venture
from ventures.states import Group, in_group

Kind = EligibilityRule.Kind
PASSED = (AnnualInspection.Conclusion.PASSED, AnnualInspection.Conclusion.BASICALLY)
BROKEN_OFF = in_group(Group.TERMINATION)
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


def evaluate(venture: Venture, on: date | None = None) -> list[Finding]:
    """Every rule of the round for a venture. One query when the round has no rules, else 15 at most."""
    return _evaluate(venture.round, venture.organization, venture, on or today())


def evaluate_before(round_: Round, organization: Organization, on: date | None = None) -> list[Finding]:
    """The same before an application is begun; what depends on it is not known yet and left out."""
    findings = _evaluate(round_, organization, None, on or today())
    return [f for f in findings if f.rule not in {Kind.PLACE, Kind.NOT_TWICE}]


def stopping(venture: Venture) -> list[Finding]:
    """Rules that stop the submission now. One query when the round has none that could."""
    rules = list(venture.round.eligibility_rules.filter(effect=EligibilityRule.Effect.BLOCK))
    if not rules:
        return []
    return [f for f in _answered(rules, venture.round, venture.organization, venture, today()) if f.stops]


def _evaluate(round_: Round, organization: Organization, venture: Venture | None, on: date) -> list[Finding]:
    return _answered(list(round_.eligibility_rules.all()), round_, organization, venture, on)


def _answered(
    rules: list[EligibilityRule], round_: Round, organization: Organization, venture: Venture | None, on: date
) -> list[Finding]:
    if not rules:
        return []
    standing = standings([organization], on)[organization.pk]
    hands = [organization.pk, *([standing.host.organization] if standing.host else [])]
    broken_off = Venture.objects.filter(organization__in=hands, state__in=BROKEN_OFF).order_by("pk")
    rows = broken_off.values_list("title", "organization__name", "closed_on")
    case = Case(round_, organization, standing, list(rows), venture, on)
    return [_finding(rule, case) for rule in rules]


def _finding(rule: EligibilityRule, case: Case) -> Finding:
    blocks = rule.effect == EligibilityRule.Effect.BLOCK
    if rule.kind == Kind.NOT_TWICE:
        return _not_twice(rule, case, blocks)
    holds, evidence = ANSWERS[rule.kind](rule, case)
    return Finding(rule.kind, holds, str(rule), evidence, blocks)


def _number(rule: EligibilityRule) -> int:
    return rule.number or 1


def _all(answers: list[Answer]) -> Answer:
    """One that does not hold decides, then one that is not known."""
    values = {holds for holds, __ in answers}
    holds = False if False in values else None if None in values else True
    return holds, " · ".join(evidence for __, evidence in answers)


def _verified(rule: EligibilityRule, case: Case) -> Answer:
    answers: list[Answer] = [(s.is_verified.value, _named(case, s, s.is_verified.evidence)) for s in case.all]
    if case.standing.host:
        answers.append((case.standing.host_agrees.value is True, case.standing.host_agrees.evidence))
    return _all(answers)


def _kinds(rule: EligibilityRule, case: Case) -> Answer:
    kind = case.registered.kind
    return str(kind.value) in rule.options, _named(case, case.registered, kind.evidence)


def _years(rule: EligibilityRule, case: Case) -> Answer:
    years, least = case.registered.years, _number(rule)
    holds = None if years.value is None else years.value >= least
    required = _("Required: %(n)s.") % {"n": least}
    return holds, f"{_named(case, case.registered, years.evidence)} · {required}"


def _inspection(rule: EligibilityRule, case: Case) -> Answer:
    known, first = case.registered.inspection, case.on.year - _number(rule)
    required = _("Required: passed, of %(year)s or later.") % {"year": first}
    evidence = f"{_named(case, case.registered, known.evidence)} · {required}"
    if known.value is None:
        return None, evidence
    return known.value.conclusion in PASSED and known.value.year >= first, evidence


def _rating(rule: EligibilityRule, case: Case) -> Answer:
    known, least = case.registered.rating, _number(rule)
    required = _("Required: %(n)sA, valid on %(day)s.") % {"n": least, "day": case.on}
    evidence = f"{_named(case, case.registered, known.evidence)} · {required}"
    return known.value is not None and known.value.grade >= least, evidence


def _not_listed(rule: EligibilityRule, case: Case) -> Answer:
    return _all([(not s.listings.value, _named(case, s, s.listings.evidence)) for s in case.all])


def _not_barred(rule: EligibilityRule, case: Case) -> Answer:
    """Bans in force, and ventures terminated less than n years ago or not settled yet."""
    answers: list[Answer] = [(not s.bans.value, _named(case, s, s.bans.evidence)) for s in case.all]
    since = years_before(case.on, _number(rule))
    recent = [row for row in case.broken_off if row[2] is None or row[2] > since]
    told = "; ".join(
        _("《%(title)s》 of %(organization)s, terminated %(day)s") % {
            "title": title, "organization": name, "day": day or _("and not settled yet")
        }
        for title, name, day in recent
    )  # fmt: skip
    none = _("No venture was terminated since %(day)s.") % {"day": since}
    answers.append((not recent, f"{told}." if told else none))
    return _all(answers)


def years_before(day: date, years: int) -> date:
    """The same day some years ago; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _account(rule: EligibilityRule, case: Case) -> Answer:
    known = case.registered.has_account
    return known.value, _named(case, case.registered, known.evidence)


def _place(rule: EligibilityRule, case: Case) -> Answer:
    """Inside the city of the round, and in its towns if it names some."""
    place = case.venture.place if case.venture else None
    if place is None:
        return None, _("No place of delivery is given yet.")
    city = case.round.platform.place
    inside = place.code.startswith(_division(city.code)) and case.round.places_offered().filter(pk=place.pk).exists()
    return inside, _("Place of delivery: %(place)s (%(code)s); the round is for %(city)s.") % {
        "place": place, "code": place.code, "city": case.round.city,
    }  # fmt: skip


def _division(code: str) -> str:
    """330482000000 → 330482, 330400 → 3304: what the codes of everything inside begin with (GB/T 2260)."""
    head = code[:6]
    while head.endswith("00"):
        head = head[:-2]
    return head


def _party_marks(rule: EligibilityRule, case: Case) -> Answer:
    done = {kind for s in case.all for kind in s.marks.value}
    evidence = " · ".join(_named(case, s, s.marks.evidence) for s in case.all)
    return done >= set(PartyMark.Kind.values), evidence


def _named(case: Case, of: Standing, evidence: str) -> str:
    """Whose fact it is, where a group and its host are judged together."""
    return f"{of.name}: {evidence}" if case.standing.host else evidence


def _not_twice(rule: EligibilityRule, case: Case, blocks: bool) -> Finding:
    if case.venture is None:
        return Finding(rule.kind, None, str(rule), _("There is no application yet."), blocks)
    found = matches(case.venture)
    own = [m for m in found if m.venture.organization_id == case.organization.pk]
    told = [
        _("%(venture)s (%(round)s): %(why)s") % {"venture": m.venture, "round": m.venture.round, "why": m.why}
        for m in own
    ]
    if len(found) > len(own):
        told.append(
            _("%(percent)s%% the same as an application of another organization")
            % {"percent": max(m.percent for m in found if m not in own)}
        )
    evidence = "; ".join(told) if told else _("Title, summary and goals were compared; nothing alike was found.")
    # A title alone stops nobody: a second year may have it. The desk looks at both.
    return Finding(rule.kind, not any(m.is_alike for m in found), str(rule), evidence, blocks, found)


ANSWERS: dict[str, Callable[[EligibilityRule, Case], Answer]] = {
    Kind.VERIFIED: _verified,
    Kind.KINDS: _kinds,
    Kind.YEARS: _years,
    Kind.INSPECTION: _inspection,
    Kind.RATING: _rating,
    Kind.NOT_LISTED: _not_listed,
    Kind.NOT_BARRED: _not_barred,
    Kind.ACCOUNT: _account,
    Kind.PLACE: _place,
    Kind.PARTY_MARKS: _party_marks,
}


def sentence(finding: Finding) -> Any:
    """For who is stopped: the rule, then what was found."""
    return _("“%(rule)s”: %(evidence)s") % {"rule": finding.label, "evidence": finding.evidence}
