from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round


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
            yield from (problem.on_card for problem in rule.of_kind.problems(rule, n))

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.eligibility_rules.all():
            yield _("Without rules every organization with an account may apply.")


CARD = Eligibility()
