from django import forms
from django.utils.translation import gettext_lazy

from common.site.row_editor import RowForm
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import PercentField, WholeField, label_of
from rounds.forms.rows import card_table
from rounds.models import GradeBand


class RubricForm(CardForm):
    min_scores = WholeField(label=label_of("min_scores"), min_value=1, max_value=99)
    trim_from = WholeField(
        label=label_of("trim_from"), min_value=3, max_value=99, help_text=gettext_lazy("Fewer scores: plain mean.")
    )
    pass_mark = PercentField(label=label_of("pass_mark"), help_text=gettext_lazy("Of the review."))


class RubricRow(RowForm):
    PRESET, ONCE = frozenset({"tie_break"}), "label"
    label = forms.CharField(label=gettext_lazy("Criterion"), max_length=40)
    weight = WholeField(label=gettext_lazy("Points"), min_value=1, max_value=100)
    guidance = forms.CharField(label=gettext_lazy("What experts look at"), max_length=200, required=False)
    tie_break = WholeField(label=gettext_lazy("Tie-break"), min_value=1, max_value=9, required=False)


class GradeRow(RowForm):
    PRESET, ONCE = frozenset({"passes"}), "name"
    name = forms.CharField(label=label_of("name", GradeBand), max_length=10)
    lowest = PercentField(label=label_of("lowest", GradeBand))
    passes = forms.BooleanField(label=label_of("passes", GradeBand), required=False, initial=True)


PAGE = CardPage(
    RubricForm,
    (
        card_table(
            RubricRow,
            gettext_lazy("Criteria"),
            gettext_lazy("The points add up to 100. Equal results are decided by the criterion with tie-break 1, then 2, 3."),
            sum_of="weight",
        ),
        card_table(
            GradeRow,
            gettext_lazy("Grades of the final evaluation"),
            gettext_lazy("From the best down to 0 points. A score gets the first grade whose mark it reaches; a venture whose grade does not pass is terminated."),
        ),
    ),
    heading=gettext_lazy("Scores and marks"),
)  # fmt: skip
