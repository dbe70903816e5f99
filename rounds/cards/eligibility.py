from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.eligibility_kinds.whole import problems
from rounds.models import Round


class Eligibility(Card):
    """Who may apply."""

    slug, place = "eligibility", 50
    label = gettext_lazy("Who may apply")
    statement = gettext_lazy("The rules on who may apply are whole")
    tables = (
        Table(
            "eligibility_rules", ("joined", "kind", "number", "options", "words", "effect"),
            gettext_lazy("Rules on who may apply"), once="",
        ),
    )  # fmt: skip

    def check(self, round_: Round) -> Iterable[str]:
        yield from (problem.on_card for __, problem in problems(list(round_.eligibility_rules.all())))

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.eligibility_rules.all():
            yield _("Without rules every organization with an account may apply.")


CARD = Eligibility()
