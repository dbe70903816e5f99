from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import EligibilityRule, Round

NEEDS_NUMBER = (EligibilityRule.Kind.YEARS, EligibilityRule.Kind.INSPECTION, EligibilityRule.Kind.RATING)
HIGHEST_RATING = 5


class Eligibility(Card):
    """Who may apply."""

    slug, place = "eligibility", 50
    label = gettext_lazy("Who may apply")
    statement = gettext_lazy("The rules on who may apply are whole")
    tables = (
        Table(
            "eligibility_rules", ("kind", "number", "options", "effect"), gettext_lazy("Rules on who may apply"), once="kind"
        ),
    )  # fmt: skip

    def check(self, round_: Round) -> Iterable[str]:
        for n, rule in enumerate(round_.eligibility_rules.all(), 1):
            if rule.kind in NEEDS_NUMBER and not rule.number:
                yield _("Rule %(n)s, “%(rule)s”, needs a number.") % {"n": n, "rule": rule.get_kind_display()}
            if rule.kind == EligibilityRule.Kind.RATING and (rule.number or 0) > HIGHEST_RATING:
                yield _("Rule %(n)s asks for %(a)s A; the highest rating is %(max)s A.") % {
                    "n": n,
                    "a": rule.number,
                    "max": HIGHEST_RATING,
                }
            if rule.kind == EligibilityRule.Kind.KINDS and not rule.options:
                yield _("Rule %(n)s names no kind of organization: nobody could apply.") % {"n": n}

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.eligibility_rules.all():
            yield _("Without rules every organization with an account may apply.")


CARD = Eligibility()
