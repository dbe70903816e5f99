from django import forms
from django.utils.translation import gettext_lazy

from common.money import AmountField
from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import PercentField, TiersField, WholeField, label_of
from rounds.forms.rows import card_table
from rounds.models import BudgetCategory, Round


class MoneyForm(CardForm):
    budget = AmountField(label=label_of("budget"))
    cap = AmountField(label=label_of("cap"))
    min_grant = AmountField(label=label_of("min_grant"), help_text=Round._meta.get_field("min_grant").help_text)
    grant_tiers = TiersField(
        label=label_of("grant_tiers"),
        required=False,
        help_text=gettext_lazy("Only if the grant is one of fixed amounts, like 10000, 30000, 50000. Empty: free."),
    )
    quota = WholeField(label=label_of("quota"), min_value=0, max_value=9999)
    max_per_organization = WholeField(label=label_of("max_per_organization"), min_value=1, max_value=99)
    min_self_raised = PercentField(label=label_of("min_self_raised"))


class BudgetRuleRow(RowForm):
    PRESET, ONCE = frozenset({"category"}), "category"
    category = forms.ChoiceField(label=gettext_lazy("Kind of expense"), choices=BudgetCategory.choices)
    max_percent = PercentField(label=gettext_lazy("At most (% of the grant)"))


PAGE = CardPage(
    MoneyForm,
    (
        card_table(
            BudgetRuleRow,
            gettext_lazy("Limits for kinds of expense"),
            gettext_lazy("A kind that is not listed has no limit of its own."),
            is_ordered=False,
        ),
    ),
    fields_first=True,
)
