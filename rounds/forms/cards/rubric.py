from django import forms
from django.utils.translation import gettext_lazy

from rounds.forms.cards.page import CardForm, CardPage, TypedTable
from rounds.forms.fields import PercentField, WholeField, label_of
from rounds.forms.rows import RowForm


class RubricForm(CardForm):
    min_scores = WholeField(label=label_of("min_scores"), min_value=1, max_value=99)
    trim_from = WholeField(
        label=label_of("trim_from"), min_value=3, max_value=99, help_text=gettext_lazy("Fewer scores: plain mean.")
    )
    pass_mark = PercentField(label=label_of("pass_mark"), help_text=gettext_lazy("Of the review."))
    excellent_from = PercentField(label=label_of("excellent_from"))
    good_from = PercentField(label=label_of("good_from"))
    final_pass_mark = PercentField(
        label=label_of("final_pass_mark"), help_text=gettext_lazy("These three are the grades of the final evaluation.")
    )


class RubricRow(RowForm):
    TYPED, ONCE = ("label", "weight", "guidance"), "label"
    SUM_OF = "weight"
    label = forms.CharField(label=gettext_lazy("Criterion"), max_length=40)
    weight = WholeField(label=gettext_lazy("Points"), min_value=1, max_value=100)
    guidance = forms.CharField(label=gettext_lazy("What experts look at"), max_length=200, required=False)
    tie_break = WholeField(label=gettext_lazy("Tie-break"), min_value=1, max_value=9, required=False)


PAGE = CardPage(
    RubricForm,
    (
        TypedTable(
            gettext_lazy("Criteria"),
            RubricRow,
            gettext_lazy("The points add up to 100. Equal results are decided by the criterion with tie-break 1, then 2, 3."),
        ),
    ),
    heading=gettext_lazy("Scores and marks"),
)  # fmt: skip
