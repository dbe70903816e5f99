from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.amendable import UNTIL_CLOSED, Amendable
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round


class Checklist(Card):
    """What the screening answers by hand, and whether who enters an application may decide on it."""

    slug, place = "checklist", 90
    label = gettext_lazy("Screening checklist")
    statement = gettext_lazy("There is a checklist for the screening")
    facts = ("entering_waiver",)
    tables = (Table("check_items", ("label",), gettext_lazy("Lines of the checklist")),)
    amendable = {
        "entering_waiver": Amendable(
            gettext_lazy("Who enters an application (代录) may also decide on it, because"), UNTIL_CLOSED
        ),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.check_items.all():
            yield _("The checklist has no line yet; the screening works it off line by line.")


CARD = Checklist()
