from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from common.money import CENT, to_cents, yuan
from common.text import plain
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round, TrancheRule


class Tranches(Card):
    """Whether there is a mid-term; in which shares an award is paid, and after what."""

    slug, place = "tranches", 110
    label = gettext_lazy("Money plan")
    statement = gettext_lazy("The tranches add up to 100 %")
    facts = ("has_mid_term",)
    tables = (Table("tranche_rules", ("label", "percent", "trigger"), gettext_lazy("Tranches")),)

    def check(self, round_: Round) -> Iterable[str]:
        rules = list(round_.tranche_rules.all())
        total = sum((rule.percent for rule in rules), Decimal(0))
        if total != 100:
            yield _("The tranches add up to %(n)s %%, not 100 %%.") % {"n": plain(total) if total else 0}
        order = list(TrancheRule.Trigger)
        for before, after in pairwise(rules):
            if order.index(TrancheRule.Trigger(after.trigger)) < order.index(TrancheRule.Trigger(before.trigger)):
                yield _("“%(after)s” would be due before “%(before)s”, which stands above it.") % {
                    "after": after.label,
                    "before": before.label,
                }
        for rule in rules:
            if to_cents(round_.min_grant * rule.percent / 100) < CENT:
                yield _(
                    "“%(tranche)s” is %(percent)s%%: of the smallest grant, %(least)s 元, nothing would be paid."
                ) % {
                    "tranche": rule.label,
                    "percent": plain(rule.percent),
                    "least": yuan(round_.min_grant),
                }

    def agree(self, round_: Round) -> None:
        never = _("“%(tranche)s” waits for the mid-term, but this round has none: it never comes.")
        waiting = [rule for rule in round_.tranche_rules.all() if rule.trigger == TrancheRule.Trigger.MID_TERM]
        if waiting and not round_.has_mid_term:
            raise Invalid({f"row-{rule.ordinal}-trigger": [never % {"tranche": rule.label}] for rule in waiting})


CARD = Tranches()
