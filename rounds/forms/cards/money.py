from django.utils.translation import gettext_lazy

from common.money import AmountField
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import PercentField, TiersField, WholeField, label_of
from rounds.models import Round


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


PAGE = CardPage(MoneyForm)
