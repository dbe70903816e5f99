from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardPage
from rounds.forms.rows import card_table


class CheckRow(RowForm):
    ONCE = "label"
    label = forms.CharField(label=gettext_lazy("What is checked"), max_length=120)


PAGE = CardPage(
    tables=(
        card_table(
            CheckRow,
            gettext_lazy("Lines"),
            gettext_lazy("The screening answers each line by hand, with evidence; an application is accepted when all are met."),
        ),
    ),
)  # fmt: skip
