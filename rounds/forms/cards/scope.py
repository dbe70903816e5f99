from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.forms import RowsField
from common.site.row_editor import RowForm
from organizations.models import Place, Tier
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import label_of
from rounds.forms.rows import card_table
from rounds.models import Round


class ScopeForm(CardForm):
    places = RowsField(
        Place.objects.none(),
        label=label_of("places"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where ventures are delivered. Nothing ticked: everywhere in the city."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.filter(tier=Tier.TOWN)  # type: ignore[attr-defined]

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        return {"places": list(round_.places.all())}


class CategoryRow(RowForm):
    ONCE = "name"
    name = forms.CharField(label=gettext_lazy("Category"), max_length=40)


PAGE = CardPage(ScopeForm, (card_table(CategoryRow, gettext_lazy("Categories")),), fields_first=True)
