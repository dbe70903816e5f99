from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import WholeField, label_of
from rounds.forms.rows import card_table
from rounds.models import AttachmentRule, Round


class PapersForm(CardForm):
    stamp_required = forms.BooleanField(
        label=label_of("stamp_required"),
        required=False,
        help_text=gettext_lazy(
            "Printed from the site, stamped and signed; valid only for the version that was printed."
        ),
    )
    sealed = forms.BooleanField(
        label=label_of("sealed"), required=False, help_text=Round._meta.get_field("sealed").help_text
    )


class PaperRow(RowForm):
    PRESET, ONCE = frozenset({"required", "max_files"}), "label"
    label = forms.CharField(label=label_of("label", AttachmentRule), max_length=60)
    help_text = forms.CharField(label=label_of("help_text", AttachmentRule), max_length=200, required=False)
    required = forms.BooleanField(label=label_of("required", AttachmentRule), required=False)
    max_files = WholeField(
        label=label_of("max_files", AttachmentRule), min_value=1, max_value=20, required=False, initial=3
    )

    def clean_max_files(self) -> int:
        return self.cleaned_data["max_files"] or 3


PAGE = CardPage(PapersForm, (card_table(PaperRow, gettext_lazy("Papers to attach")),), fields_first=True)
