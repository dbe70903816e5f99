from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round


class Checklist(Card):
    """What the screening answers by hand."""

    slug, place = "checklist", 90
    label = gettext_lazy("Screening checklist")
    statement = gettext_lazy("There is a checklist for the screening")
    tables = (Table("check_items", ("label",), gettext_lazy("Lines of the checklist")),)

    def check(self, round_: Round) -> Iterable[str]:
        if not round_.check_items.all():
            yield _("The checklist has no line yet; the screening works it off line by line.")


CARD = Checklist()
