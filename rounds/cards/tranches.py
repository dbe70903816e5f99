from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy

from common.errors import Invalid
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round
from rounds.models.money_plan import plan_of
from rounds.money_plan.model import Plan
from rounds.money_plan.walking import walk
from rounds.money_plan.words import sentence


class Tranches(Card):
    """Whether there is a mid-term; in which parts an award is paid, and after what."""

    slug, place = "tranches", 110
    label = gettext_lazy("Money plan")
    statement = gettext_lazy("The money plan is walked to its end")
    facts = ("has_mid_term",)
    tables = (
        Table("tranche_rules", ("label", "percent", "amount", "trigger", "planned_on"), gettext_lazy("Tranches")),
    )

    def check(self, round_: Round) -> Iterable[str]:
        plan = _plan(round_)
        return [sentence(failure, plan) for failure in walk(plan).failures]

    def agree(self, round_: Round) -> None:
        plan = _plan(round_)
        refused = [failure for failure in walk(plan).failures if failure.why.is_contradiction]
        if refused:
            raise Invalid({f"row-{f.nth + 1}-{f.column}": [sentence(f, plan)] for f in refused if f.nth is not None})


def _plan(round_: Round) -> Plan:
    return replace(plan_of(round_), signed_after=round_.closes_on)


CARD = Tranches()
