from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import yuan
from rounds.cards.amendable import UNTIL_NOTICE, Amendable, more
from rounds.cards.card import Card
from rounds.models import Round


class Money(Card):
    """Budget of the round, cap and tiers of a grant."""

    slug, place = "money", 30
    label = gettext_lazy("Money")
    statement = gettext_lazy("Budget, cap and limits fit together")
    facts = ("budget", "cap", "min_grant", "grant_tiers", "quota", "max_per_organization", "min_self_raised")
    amendable = {
        "budget": Amendable(
            gettext_lazy("Budget of the round (元)"), UNTIL_NOTICE, more, gettext_lazy("Only more."), yuan
        ),
        "quota": Amendable(gettext_lazy("Ventures at most"), UNTIL_NOTICE, more, gettext_lazy("Only more.")),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.budget:
            yield _("The budget of the round is not set.")
        if not round_.cap:
            yield _("The cap per venture is not set.")
        if not round_.quota:
            yield _("Say how many ventures there may be at most.")
        if not round_.max_per_organization:
            yield _("An organization must be allowed at least 1 venture.")
        if round_.budget and round_.cap > round_.budget:
            yield _("The cap per venture, %(cap)s 元, is more than the budget of the round, %(budget)s 元.") % {
                "cap": yuan(round_.cap),
                "budget": yuan(round_.budget),
            }
        if round_.cap and round_.min_grant > round_.cap:
            yield _("The smallest grant, %(least)s 元, is more than the cap per venture, %(cap)s 元.") % {
                "least": yuan(round_.min_grant),
                "cap": yuan(round_.cap),
            }
        if round_.min_self_raised >= 100:
            yield _("With a self-raised share of 100%% nothing is left for a grant.") % {}
        for amount in round_.tiers:
            if not round_.min_grant <= amount <= round_.cap:
                yield _(
                    "The tier %(tier)s 元 is not between the smallest grant, %(least)s 元, and the cap, %(cap)s 元."
                ) % {"tier": yuan(amount), "least": yuan(round_.min_grant), "cap": yuan(round_.cap)}


CARD = Money()
