from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from common.money import yuan
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round
from rounds.models.money_plan import funds_of, plan_of
from rounds.money_plan.model import Plan
from rounds.money_plan.walking import walk
from rounds.money_plan.words import sentence


class Tranches(Card):
    """Where the money comes from; whether there is a mid-term; in which parts an award is paid, and after what."""

    slug, place = "tranches", 110
    label = gettext_lazy("Money plan")
    statement = gettext_lazy("The money plan is walked to its end")
    facts = ("has_mid_term",)
    tables = (
        Table("tranche_rules", ("label", "percent", "amount", "trigger", "planned_on"), gettext_lazy("Tranches")),
        Table(
            "fund_sources", ("name", "kind", "amount", "running_costs"), gettext_lazy("Sources of funds"), once="name",
            prefix="source",
        ),
    )  # fmt: skip

    def check(self, round_: Round) -> Iterable[str]:
        plan, funds = _plan(round_), funds_of(round_)
        yield from (sentence(failure, plan) for failure in walk(plan).failures)
        if funds.sources and funds.for_grants != round_.budget:
            yield _(
                "The sources come to %(amount)s 元, less %(running)s 元 of running costs %(grants)s 元; the budget of the "
                "round is %(budget)s 元."
            ) % {
                "amount": yuan(funds.amount), "running": yuan(funds.running_costs), "grants": yuan(funds.for_grants),
                "budget": yuan(round_.budget),
            }  # fmt: skip

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.fund_sources.all():
            yield _(
                "No source of funds is named: the public page and the workbooks do not tell where the money comes from."
            )

    def agree(self, round_: Round) -> None:
        plan = _plan(round_)
        refused = [failure for failure in walk(plan).failures if failure.why.is_contradiction]
        told = {f"row-{f.nth + 1}-{f.column}": [sentence(f, plan)] for f in refused if f.nth is not None}
        for source in round_.fund_sources.all():
            if source.running_costs > source.amount:
                told[f"source-{source.ordinal}-running_costs"] = [
                    _("%(running)s 元 of running costs are more than the %(amount)s 元 of “%(source)s”.")
                    % {"running": yuan(source.running_costs), "amount": yuan(source.amount), "source": source.name}
                ]
        if told:
            raise Invalid(told)


def _plan(round_: Round) -> Plan:
    return replace(plan_of(round_), signed_after=round_.closes_on)


CARD = Tranches()
