from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import label_of
from rounds.forms.rows import card_table
from rounds.models import Round


class ChecklistForm(CardForm):
    entering_waiver = forms.CharField(
        label=label_of("entering_waiver"),
        max_length=200,
        required=False,
        help_text=Round._meta.get_field("entering_waiver").help_text,
    )


class CheckRow(RowForm):
    ONCE = "label"
    label = forms.CharField(label=gettext_lazy("What is checked"), max_length=120)


PAGE = CardPage(
    ChecklistForm,
    tables=(
        card_table(
            CheckRow,
            gettext_lazy("Lines"),
            gettext_lazy("The screening answers each line by hand, with evidence; an application is accepted when all are met."),
        ),
    ),
    heading=gettext_lazy("Who enters, and who decides"),
)  # fmt: skip
