"""What would be wise, without keeping the call shut."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from rounds.models.round import Round
from rounds.readiness.rules import last_day


def advice(round_: Round, card: str) -> list[str]:
    """Sentences for a card; [] when there is nothing to say."""
    return [str(sentence) for holds, sentence in _advice(round_, card) if holds]


def _advice(round_: Round, card: str) -> Iterable[tuple[Any, Any]]:
    if card == "basics":
        yield not round_.contact, _("Applicants look for a phone number: name a contact.")
        yield not round_.introduction, _("The public page has no introduction yet.")
    elif card == "calendar":
        days = (last_day(round_) - localdate(round_.opens_at)).days + 1
        yield days < 20, _("The call lasts %(n)s days; 20 to 40 are usual.") % {"n": days}
        yield round_.notice_days < 5, _("Public notices of at least 5 working days are usual.")
        yield round_.year != localdate(round_.opens_at).year, _("The round is of %(year)s, but the call opens in %(other)s.") % {
            "year": round_.year,
            "other": localdate(round_.opens_at).year,
        }  # fmt: skip
    elif card == "eligibility":
        yield not round_.eligibility_rules.all(), _("Without rules every organization with an account may apply.")
    elif card == "sections":
        yield (
            not round_.form_sections.all(),
            _("Nothing is chosen: applicants get the plain form (facts, plan, budget)."),
        )
