from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from common.wording import listed
from organizations.models import Tier
from rounds.cards.amendable import UNTIL_CLOSED, Amendable
from rounds.cards.card import Card
from rounds.models import Round
from rounds.models.round import CONTACTS


def _filled_in(round_: Round, old: Any, new: Any) -> str | None:
    """What a notice names is not taken away from it."""
    return None if new else _("It stands on notices: it can be changed, but not left out.")


def title_is_free(round_: Round) -> None:
    """Raises Invalid at the field that gives the title when another round has it."""
    if there := Round.objects.called_like(round_):
        raise Invalid(
            {round_.named_at: [_("There is a round with the title “%(title)s” already.") % {"title": there.title}]}
        )


class Basics(Card):
    """Name and hosts."""

    slug, place = "basics", 10
    label = gettext_lazy("Name and hosts")
    statement = gettext_lazy("Name and hosts are filled in")
    facts = (
        "edition", "year", "counted_by", "own_title", "city", "platform_id", "host", "organizer", "co_organizer",
        *CONTACTS, "introduction", "is_demo",
    )  # fmt: skip
    amendable = {
        **{name: Amendable(label, UNTIL_CLOSED, _filled_in) for name, label in CONTACTS.items()},
        "introduction": Amendable(gettext_lazy("Introduction"), UNTIL_CLOSED),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.host.strip():
            yield _("Name the host (主办).")
        if not round_.city.strip():
            yield _("Name the city; it stands before the name of the round.")
        if round_.platform.tier != Tier.CITY:
            yield _("“%(platform)s” is not a platform of the city tier.") % {"platform": round_.platform}
        missing = [label for name, label in CONTACTS.items() if not getattr(round_, name).strip()]
        if missing:
            yield _("The public notice says how to object. Fill in: %(fields)s.") % {"fields": listed(missing)}

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.introduction:
            yield _("The public page has no introduction yet.")

    def settle(self, round_: Round) -> None:
        same = Round.objects.filter(series=round_.series_id, edition=round_.edition)
        if same.exclude(pk=round_.pk).exists():
            raise Invalid(
                {"edition": [_("%(round)s is there already.") % {"round": round_.edition_said + round_.series.name}]}
            )
        title_is_free(round_)


CARD = Basics()
