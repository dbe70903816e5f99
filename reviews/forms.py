"""Forms of the room: thin, the rules are in the actions."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from common.money import MoneyField
from common.site.comparing import ComparedForm
from common.site.fields import MomentField, NumberField
from common.site.forms import PageForm, RowsField
from reviews.models import STEP, Recusal, Review
from reviews.outcomes import Outcome
from reviews.queries import Ranked
from rounds.models import Round
from ventures.models import Venture
from ventures.states import Group, waiting


class ScoreForm(ComparedForm):
    """One field per criterion, 0 … weight in steps of 0.5, and a comment. Empty fields are allowed in a draft."""

    comment = forms.CharField(label=_("Comment"), required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        self.items = list(review.venture.round.rubric.all())
        kept = {s.item_id: s.points for s in review.scores.all()}
        initial = {"comment": review.comment} | {f"item_{pk}": points for pk, points in kept.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for item in self.items:
            self.fields[f"item_{item.pk}"] = NumberField(
                label=item.label,
                required=False,
                help_text=item.guidance,
                # The range is checked by the action, whose sentence names the criterion; here only for the widget.
                widget=forms.NumberInput(
                    attrs={
                        "class": "form-control points",
                        "min": 0,
                        "max": item.weight,
                        "step": str(STEP),
                        "data-max": item.weight,
                    }
                ),
            )

    def rows(self) -> list[tuple[Any, Any]]:
        return [(item, self[f"item_{item.pk}"]) for item in self.items]

    def points(self) -> dict[int, Decimal]:
        """Criterion id → points, those that are filled in."""
        values = ((item.pk, self.cleaned_data.get(f"item_{item.pk}")) for item in self.items)
        return {pk: value for pk, value in values if value is not None}


class RecusalForm(PageForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=Recusal.Reason.choices)
    note = forms.CharField(label=_("Details"), max_length=200, required=False)


class StaffRecusalForm(RecusalForm):
    """Staff note a conflict that an expert has, or that the office knows of."""

    venture = forms.ModelChoiceField(
        label=_("Venture"), queryset=Venture.objects.none(), empty_label=_("Please choose")
    )
    expert = forms.ModelChoiceField(label=_("Expert"), queryset=User.objects.none(), empty_label=_("Please choose"))
    field_order = ["venture", "expert", "reason", "note"]

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ventures: Any = self.fields["venture"]
        experts: Any = self.fields["expert"]
        ventures.queryset = Venture.objects.filter(round=round, state__in=waiting(Group.REVIEW))
        experts.queryset = User.objects.filter(seats__panel__round=round)


class PanelForm(ComparedForm):
    experts = RowsField(
        label=_("Experts"),
        queryset=User.objects.filter(role=Role.EXPERT, is_active=True).order_by("pk"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Five or seven are common; an odd number avoids draws."),
    )
    due_at = MomentField(
        label=_("Scores due"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class PromotionForm(PageForm):
    """What a reserve that moves up gets."""

    amount = MoneyField(
        _("Amount (元)"),
        help_text=_("At most what was asked for, the cap, and what is left."),
    ).formfield()


@dataclass(frozen=True)
class SelectionLine:
    """A line of the ranking as it is filled in."""

    ranked: Ranked
    field: forms.BoundField
    line_above: bool


class SelectionForm(ComparedForm):
    """The amount for each ranked venture. Empty means the default (the lower of request and cap); of ventures tied
    across the money line, those with an amount are the committee's choice."""

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            field = MoneyField(blank=True).formfield()
            field.initial = row.amount or None
            field.label = str(row.venture)
            field.widget.attrs.update({"class": "form-control num", "aria-label": str(row.venture), "step": "0.01"})
            self.fields[f"amount_{row.venture.pk}"] = field

    def lines(self) -> list[SelectionLine]:
        """Each row with its field, and whether the money line is drawn above it."""
        proposed = [row.outcome == Outcome.PROPOSE for row in self.rows]
        above = [before and not here for before, here in pairwise([False, *proposed])]
        return [
            SelectionLine(row, self[f"amount_{row.venture.pk}"], line)
            for row, line in zip(self.rows, above, strict=True)
        ]

    def amounts(self) -> dict[int, Decimal]:
        values = ((row.venture.pk, self.cleaned_data.get(f"amount_{row.venture.pk}")) for row in self.rows)
        return {pk: value for pk, value in values if value}
