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
from rounds.eligibility_kinds.groups import grouped
from rounds.models import EligibilityRule, Round
from ventures.eligibility.case import Case, Finding, any_of
from ventures.eligibility.kinds import EVALUATIONS
from ventures.models import Venture
from ventures.states import Group as Phase
from ventures.states import in_group

BROKEN_OFF = in_group(Phase.TERMINATION)


Group = list[EligibilityRule]


def evaluate(venture: Venture, on: date | None = None) -> list[Finding]:
    """Every group of rules of the round for a venture. One query when the round has no rules, else 21 at most."""
    return _answered(_groups(venture.round), venture.round, venture.organization, venture, on or today())


def evaluate_before(round_: Round, organization: Organization, on: date | None = None) -> list[Finding]:
    """The same before an application is begun; what depends on it alone is not known yet and left out."""
    groups = [g for g in _groups(round_) if not all(EVALUATIONS[rule.kind].needs_venture for rule in g)]
    return _answered(groups, round_, organization, None, on or today())


def stopping(venture: Venture) -> list[Finding]:
    """What stops the submission now. One query when the round has nothing that could."""
    groups = [group for group in _groups(venture.round) if group[0].blocks]
    return [f for f in _answered(groups, venture.round, venture.organization, venture, today()) if f.stops]


def _groups(round_: Round) -> list[Group]:
    return grouped(round_.eligibility_rules.all())


def _answered(
    groups: list[Group], round_: Round, organization: Organization, venture: Venture | None, on: date
) -> list[Finding]:
    if not groups:
        return []
    standing = standings([organization], on)[organization.pk]
    hands = [organization.pk, *([standing.host.organization] if standing.host else [])]
    broken_off = Venture.objects.filter(organization__in=hands, state__in=BROKEN_OFF).order_by("pk")
    rows = broken_off.values_list("title", "organization__name", "closed_on")
    case = Case(round_, organization, standing, list(rows), venture, on)
    return [any_of([EVALUATIONS[rule.kind].finding(rule, case) for rule in group]) for group in groups]


def unasked(venture: Venture, answered: Iterable[Finding]) -> list[Finding]:
    """What the desk is shown also where the round has no rule on it."""
    there = {rule for finding in answered for rule in finding.rules}
    found = [evaluation.unasked(venture) for slug, evaluation in EVALUATIONS.items() if slug not in there]
    return [finding for finding in found if finding is not None]


def sentence(finding: Finding) -> Any:
    """For who is stopped: the rule, what was found for it or for each of its alternatives, and on which day."""
    told = {"rule": finding.label, "evidence": finding.evidence, "day": finding.on}
    return _("“%(rule)s”: %(evidence)s (asked on %(day)s)") % told
