"""What the house can check by itself before a clerk looks, each with its evidence."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.codes import validate_credit_code
from ventures.completeness import missing, sentences
from ventures.models import Venture
from ventures.states import State


@dataclass(frozen=True)
class Finding:
    """One automatic check: whether it holds, what was checked, and what was found."""

    holds: bool
    label: Any
    evidence: str


def automatic_checks(venture: Venture) -> list[Finding]:
    """Completeness and sums, the credit code's check digit, and the organization's other ventures."""
    lacking = sentences(missing(venture))
    others = list(
        Venture.objects.filter(organization=venture.organization_id)
        .exclude(pk=venture.pk)
        .exclude(state__in=[State.DRAFT, State.LAPSED])
        .values_list("round_id", "state")
    )
    here = sum(round_id == venture.round_id for round_id, __ in others) + 1
    broken_off = sum(state in {State.TERMINATED, State.TERMINATING} for __, state in others)
    limit = venture.round.max_per_organization
    return [
        Finding(
            not lacking,
            _("Complete, sums and shares within the rules"),
            " ".join(lacking) or _("Every field, sum and share was checked again now."),
        ),
        Finding(_code_holds(venture), _("Check digit of the credit code"), venture.organization.credit_code),
        Finding(
            here <= limit,
            _("Ventures of this organization in this round"),
            _("%(n)s of at most %(limit)s") % {"n": here, "limit": limit},
        ),
        Finding(not broken_off, _("No terminated venture of this organization"), _("%(n)s found") % {"n": broken_off}),
    ]


def _code_holds(venture: Venture) -> bool:
    try:
        validate_credit_code(venture.organization.credit_code)
    except ValidationError:
        return False
    return True
