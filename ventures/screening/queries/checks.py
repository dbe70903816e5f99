"""What the house can check by itself before a clerk looks, each with its evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.machine.gates import gates_of
from common.wording import sentences as in_a_row
from organizations.codes import validate_credit_code
from ventures.application.completeness import missing, sentences
from ventures.application.content import ApplicationContent
from ventures.eligibility.case import Finding
from ventures.eligibility.evaluating import evaluate, unasked
from ventures.models import RuleAnswer, Venture
from ventures.states import NOT_HANDED_IN, State


@dataclass(frozen=True)
class RuleLine:
    """A line of the checklist that the system answers: what it finds now, and what somebody has decided."""

    finding: Finding
    decided: RuleAnswer | None


def rule_lines(venture: Venture, user: Any) -> list[RuleLine]:
    """The round's rules on who may apply, each answered, with what a clerk has decided about it."""
    answered = evaluate(venture)
    if not answered:
        return []
    decided = {a.rule_id: a for a in venture.rule_answers.exclude(by_id=None)}
    return [RuleLine(f, decided.get(f.rule_id)) for f in _seen_by(user, answered)]


def automatic_checks(venture: Venture, user: Any, answered: Iterable[Finding] = ()) -> list[Finding]:
    """Completeness and sums, the credit code's check digit, the number of ventures; and what says the same elsewhere,
    unless a rule of the round has `answered` it."""
    findings = [_complete(venture), _code(venture), _number(venture), *unasked(venture, answered)]
    return _seen_by(user, findings)


def _seen_by(user: Any, findings: Iterable[Finding]) -> list[Finding]:
    """Of what says the same elsewhere, the reader is shown what he may see."""
    findings = list(findings)
    # With a key that nobody has, so that a page asks as much whether or not something is alike.
    alike = [0, *(m.venture.pk for f in findings for m in f.matches)]
    seen = set(Venture.objects.visible_to(user).filter(pk__in=alike).values_list("pk", flat=True))
    return [replace(f, matches=[m for m in f.matches if m.venture.pk in seen]) for f in findings]


def not_acceptable(ventures: Sequence[Venture], user: Any) -> dict[int, str]:
    """Of these, the ones that `user` can not accept now, each with why. A fixed number of queries but for 代录."""
    waiting = [v for v in ventures if v.state == State.SUBMITTED]
    why = {v.pk: str(v.get_state_display()) for v in ventures if v.state != State.SUBMITTED}
    for gate in gates_of(Venture, "accept"):
        for pk, sentence in gate.unmet_among(waiting, {}).items():
            why.setdefault(pk, str(sentence))
    for venture in waiting:
        if venture.pk not in why and not user.has_perm("ventures.decide", venture):
            why[venture.pk] = _("Entered by yourself: somebody else has to accept it.")
    return why


def _complete(venture: Venture) -> Finding:
    lacking = sentences(missing(ApplicationContent(venture)))
    return Finding(
        "complete",
        not lacking,
        _("Complete, sums and shares within the rules"),
        in_a_row(lacking) or _("Every field, sum and share was checked again now."),
        blocks=True,
    )


def _code(venture: Venture) -> Finding:
    """Of a 备案 group its host's; who has no code is known by another number."""
    organization = venture.organization.host or venture.organization
    if not organization.credit_code:
        identification = organization.identification
        told = identification.told(organization)
        return Finding(
            "code", not list(identification.problems(organization)), str(identification.label), told, blocks=False
        )
    try:
        validate_credit_code(organization.credit_code)
        holds = True
    except ValidationError:
        holds = False
    return Finding("code", holds, _("Check digit of the credit code"), organization.credit_code, blocks=False)


def _number(venture: Venture) -> Finding:
    handed_in = Venture.objects.filter(round=venture.round_id, organization=venture.organization_id)
    n, limit = handed_in.exclude(state__in=NOT_HANDED_IN).count(), venture.round.max_per_organization
    evidence = _("%(n)s of at most %(limit)s") % {"n": n, "limit": limit}
    return Finding("number", n <= limit, _("Ventures of this organization in this round"), evidence, blocks=True)
