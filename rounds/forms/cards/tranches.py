from django import forms
from django.utils.translation import gettext_lazy

from rounds.forms.cards.page import CardPage, TypedTable
from rounds.forms.fields import PercentField
from rounds.forms.rows import RowForm
from rounds.models import TrancheRule


class TrancheRow(RowForm):
    TYPED, ONCE = ("label", "percent"), "label"
    SUM_OF = "percent"
    label = forms.CharField(label=gettext_lazy("Tranche"), max_length=20)
    percent = PercentField(label=gettext_lazy("Share (%)"))
    trigger = forms.ChoiceField(label=gettext_lazy("When it is paid"), choices=TrancheRule.Trigger.choices)


PAGE = CardPage(
    tables=(
        TypedTable(
            gettext_lazy("Tranches"),
            TrancheRow,
            gettext_lazy("In the order in which they are paid. The shares add up to 100 %; the last one is what remains, to the cent."),
        ),
    ),
)  # fmt: skip
