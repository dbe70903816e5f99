"""Each card of the set-up: its own fields, its table, and what it hands to the action."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from common.deadlines import day_and_clock, end_on
from common.site.forms import RowsField
from organizations.models import Place, Platform, Tier
from rounds.forms import tables
from rounds.forms.base_digest import SeenForm
from rounds.forms.fields import (
    AmountField,
    ClockField,
    PercentField,
    TiersField,
    WholeField,
    label_of,
)
from rounds.forms.rows import CardTable, card_table
from rounds.models import Round


class CardForm(SeenForm):
    """The fields of a card."""

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        """What is stored, as the fields show it."""
        return {name: getattr(round_, name) for name in cls.base_fields if hasattr(round_, name)}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"seen", "places"}}


class BasicsForm(CardForm):
    edition = WholeField(label=label_of("edition"), min_value=1, max_value=9999)
    year = WholeField(
        label=label_of("year"), min_value=2000, max_value=2099, help_text=gettext_lazy("Part of venture numbers.")
    )
    city = forms.CharField(label=gettext_lazy("City of the round"), max_length=20)
    platform = forms.ModelChoiceField(Platform.objects.none(), label=label_of("platform"), empty_label=None)
    host = forms.CharField(label=label_of("host"), max_length=80)
    organizer = forms.CharField(label=label_of("organizer"), max_length=80, required=False)
    co_organizer = forms.CharField(label=label_of("co_organizer"), max_length=200, required=False)
    contact = forms.CharField(
        label=label_of("contact"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Name of the office and phone; public."),
    )
    introduction = forms.CharField(
        label=label_of("introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    is_demo = forms.BooleanField(label=label_of("is_demo"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = Platform.objects.filter(tier=Tier.CITY)  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        given["platform_id"] = given.pop("platform").pk
        return given


class CalendarForm(CardForm):
    opens_on = forms.DateField(label=gettext_lazy("First day of the call"))
    opens_clock = ClockField(label=gettext_lazy("Opens at (time)"))
    closes_on = forms.DateField(label=gettext_lazy("Last day of the call"))
    closes_clock = ClockField(
        label=gettext_lazy("Closes at (time)"), help_text=gettext_lazy("24:00 is the end of the day.")
    )
    correction_days = WholeField(label=label_of("correction_days"), min_value=0, max_value=60)
    max_corrections = WholeField(label=label_of("max_corrections"), min_value=0, max_value=9)
    notice_days = WholeField(label=label_of("notice_days"), min_value=1, max_value=60)

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        opens = localtime(round_.opens_at)
        closes_on, closes_clock = day_and_clock(round_.closes_at)
        return super().shown(round_) | {
            "opens_on": opens.date(), "opens_clock": f"{opens:%H:%M}",
            "closes_on": closes_on, "closes_clock": closes_clock,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"opens_on", "opens_clock", "closes_on", "closes_clock"} <= cleaned.keys():
            cleaned["opens_at"] = end_on(cleaned["opens_on"], cleaned["opens_clock"])
            cleaned["closes_at"] = end_on(cleaned["closes_on"], cleaned["closes_clock"])
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        names = ("opens_at", "closes_at", "correction_days", "max_corrections", "notice_days")
        return {name: self.cleaned_data[name] for name in names}


class MoneyForm(CardForm):
    budget = AmountField(label=label_of("budget"))
    cap = AmountField(label=label_of("cap"))
    min_grant = AmountField(label=label_of("min_grant"), help_text=Round._meta.get_field("min_grant").help_text)
    grant_tiers = TiersField(
        label=label_of("grant_tiers"),
        required=False,
        help_text=gettext_lazy("Only if the grant is one of fixed amounts, like 10000、30000、50000. Empty: free."),
    )
    quota = WholeField(label=label_of("quota"), min_value=0, max_value=9999)
    max_per_organization = WholeField(label=label_of("max_per_organization"), min_value=1, max_value=99)
    min_self_raised = PercentField(label=label_of("min_self_raised"))


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


@dataclass(frozen=True)
class Card:
    form: type[CardForm]
    table: type[CardTable] | None = None


CARDS: Mapping[str, Card] = {
    "basics": Card(BasicsForm),
    "calendar": Card(CalendarForm),
    "money": Card(
        MoneyForm,
        card_table(
            tables.BudgetRuleRow,
            gettext_lazy("Limits for kinds of expense"),
            gettext_lazy("A kind that is not listed has no limit of its own."),
            is_ordered=False,
        ),
    ),
    "scope": Card(ScopeForm, card_table(tables.CategoryRow, gettext_lazy("Categories"))),
    "eligibility": Card(
        CardForm,
        card_table(
            tables.EligibilityRow,
            gettext_lazy("Rules"),
            gettext_lazy("Checked by the system when an application is submitted; the evidence is shown in the screening."),
        ),
    ),
    "sections": Card(
        CardForm,
        card_table(
            tables.SectionRow,
            gettext_lazy("Sections"),
            gettext_lazy("In this order applicants fill them in. Extra questions are asked at the end of their section."),
            add_label=gettext_lazy("Add a section of your own"),
        ),
    ),
    "papers": Card(PapersForm, card_table(tables.PaperRow, gettext_lazy("Papers to attach"))),
    "checklist": Card(
        CardForm,
        card_table(
            tables.CheckRow,
            gettext_lazy("Lines"),
            gettext_lazy("The screening answers each line by hand, with evidence; an application is accepted when all are met."),
        ),
    ),
    "rubric": Card(
        RubricForm,
        card_table(
            tables.RubricRow,
            gettext_lazy("Criteria"),
            gettext_lazy("The points add up to 100. Equal results are decided by the criterion with tie-break 1, then 2, 3."),
            sum_of="weight",
        ),
    ),
    "tranches": Card(
        CardForm,
        card_table(
            tables.TrancheRow,
            gettext_lazy("Tranches"),
            gettext_lazy("In the order in which they are paid. The shares add up to 100 %; the last one is what remains, to the cent."),
            sum_of="percent",
        ),
    ),
}  # fmt: skip
