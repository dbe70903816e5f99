"""Who may apply: the rules that a round declares, each answered with its evidence.

Facts about the organization come from `organizations.queries.standing`. A 备案 group is judged with its host: what
hangs on a registration (kind, years, inspection, rating, account) is the host's; verification, lists and bans are both's.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.clock import today
from organizations.models import Organization
from organizations.queries import standings
from rounds.models import EligibilityRule, Round
from ventures.eligibility.case import Case, Finding
from ventures.eligibility.kinds import EVALUATIONS
from ventures.models import Venture
from ventures.states import Group, in_group

BROKEN_OFF = in_group(Group.TERMINATION)


def evaluate(venture: Venture, on: date | None = None) -> list[Finding]:
    """Every rule of the round for a venture. One query when the round has no rules, else 15 at most."""
    rules = list(venture.round.eligibility_rules.all())
    return _answered(rules, venture.round, venture.organization, venture, on or today())


def evaluate_before(round_: Round, organization: Organization, on: date | None = None) -> list[Finding]:
    """The same before an application is begun; what depends on it is not known yet and left out."""
    rules = [r for r in round_.eligibility_rules.all() if not EVALUATIONS[r.kind].needs_venture]
    return _answered(rules, round_, organization, None, on or today())


def stopping(venture: Venture) -> list[Finding]:
    """Rules that stop the submission now. One query when the round has none that could."""
    rules = list(venture.round.eligibility_rules.filter(effect=EligibilityRule.Effect.BLOCK))
    if not rules:
        return []
    return [f for f in _answered(rules, venture.round, venture.organization, venture, today()) if f.stops]


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
    return [EVALUATIONS[rule.kind].finding(rule, case) for rule in rules]


def unasked(venture: Venture, answered: Iterable[Finding]) -> list[Finding]:
    """What the desk is shown also where the round has no rule on it."""
    there = {finding.rule for finding in answered}
    found = [evaluation.unasked(venture) for slug, evaluation in EVALUATIONS.items() if slug not in there]
    return [finding for finding in found if finding is not None]


def sentence(finding: Finding) -> Any:
    """For who is stopped: the rule, then what was found."""
    return _("“%(rule)s”: %(evidence)s") % {"rule": finding.label, "evidence": finding.evidence}
