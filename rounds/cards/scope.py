from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.amendable import CALL, Amendable, said, wider
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round


def _towns(places: Any) -> str:
    return said(places) if places else _("All towns")


class Scope(Card):
    """Categories, and the places where ventures are delivered."""

    slug, place = "scope", 40
    label = gettext_lazy("Categories and places")
    statement = gettext_lazy("There are categories")
    tables = (Table("categories", ("name",), gettext_lazy("Categories"), once="name"),)
    keeps_places = True
    amendable = {
        "places": Amendable(gettext_lazy("Towns"), CALL, wider, gettext_lazy("Towns can only be added."), _towns),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.categories.all():
            yield _("There is no category yet; an applicant has to choose one.")


CARD = Scope()
