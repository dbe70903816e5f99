from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from common.money import CENT, ZERO, AmountField
from common.site.fields import DayField
from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import PercentField, label_of
from rounds.forms.rows import card_table
from rounds.models import FundSource, Round, TrancheRule


class PlanForm(CardForm):
    has_mid_term = forms.BooleanField(
        label=label_of("has_mid_term"), required=False, help_text=Round._meta.get_field("has_mid_term").help_text
    )


class TrancheRow(RowForm):
    PRESET, ONCE = frozenset({"trigger"}), "label"
    label = forms.CharField(label=gettext_lazy("Tranche"), max_length=20)
    percent = PercentField(label=gettext_lazy("Share (%)"), required=False)
    amount = AmountField(label=gettext_lazy("or amount (元)"), min_value=CENT, required=False)
    trigger = forms.ChoiceField(label=gettext_lazy("When it is paid"), choices=TrancheRule.Trigger.choices)
    planned_on = DayField(label=label_of("planned_on", TrancheRule), required=False)


class SourceRow(RowForm):
    PRESET, ONCE = frozenset({"kind"}), "name"
    name = forms.CharField(label=label_of("name", FundSource), max_length=60)
    kind = forms.ChoiceField(label=label_of("kind", FundSource), choices=FundSource.Kind.choices)
    amount = AmountField(label=label_of("amount", FundSource), min_value=CENT)
    running_costs = AmountField(label=label_of("running_costs", FundSource), required=False)

    def clean_running_costs(self) -> Decimal:
        return self.cleaned_data["running_costs"] or ZERO


PAGE = CardPage(
    PlanForm,
    (
        card_table(
            TrancheRow,
            gettext_lazy("Tranches"),
            gettext_lazy("In the order in which they are paid. A share or an amount for each; the last one is what remains, to the cent, and may say neither. Shares alone add up to 100 %."),
            sum_of="percent",
        ),
        card_table(
            SourceRow,
            gettext_lazy("Sources of funds"),
            gettext_lazy("Less their running costs they come to the budget of the round, which is what is granted."),
        ),
    ),
    heading=gettext_lazy("Evaluations"),
    fields_first=True,
)  # fmt: skip
