from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from organizations.models import Tier
from rounds.cards.amendable import UNTIL_CLOSED, Amendable
from rounds.cards.card import Card
from rounds.models import Round


class Basics(Card):
    """Name and hosts."""

    slug, place = "basics", 10
    label = gettext_lazy("Name and hosts")
    statement = gettext_lazy("Name and hosts are filled in")
    facts = (
        "edition", "year", "city", "platform_id", "host", "organizer", "co_organizer", "contact", "introduction",
        "is_demo",
    )  # fmt: skip
    amendable = {
        "contact": Amendable(gettext_lazy("Contact"), UNTIL_CLOSED),
        "introduction": Amendable(gettext_lazy("Introduction"), UNTIL_CLOSED),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.host.strip():
            yield _("Name the host (主办).")
        if not round_.city.strip():
            yield _("Name the city; it stands before the name of the round.")
        if round_.platform.tier != Tier.CITY:
            yield _("“%(platform)s” is not a platform of the city tier.") % {"platform": round_.platform}

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.contact:
            yield _("Applicants look for a phone number: name a contact.")
        if not round_.introduction:
            yield _("The public page has no introduction yet.")

    def settle(self, round_: Round) -> None:
        same = Round.objects.filter(series=round_.series_id, edition=round_.edition)
        if same.exclude(pk=round_.pk).exists():
            raise Invalid({"edition": [_("%(round)s is there already.") % {"round": round_.name}]})


CARD = Basics()
