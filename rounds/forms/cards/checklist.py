from django import forms
from django.utils.translation import gettext_lazy

from rounds.forms.cards.page import CardPage, TypedTable
from rounds.forms.rows import RowForm


class CheckRow(RowForm):
    TYPED, ONCE = ("label",), "label"
    label = forms.CharField(label=gettext_lazy("What is checked"), max_length=120)


PAGE = CardPage(
    tables=(
        TypedTable(
            gettext_lazy("Lines"),
            CheckRow,
            gettext_lazy("The screening answers each line by hand, with evidence; an application is accepted when all are met."),
        ),
    ),
)  # fmt: skip
