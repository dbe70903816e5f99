"""The applicant's forms. A draft may be incomplete: only what can not be stored (no number, no date) is refused."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PageForm, PageModelForm
from common.money import ZERO, to_cents
from common.paging import row_number
from common.text import half_width
from organizations.models import PHONE, Organization, Place, Tier
from ventures.completeness import REQUIRED_FACTS, REQUIRED_NUMBERS, REQUIRED_WORDS
from ventures.forms.fields import CountField, QuantityField, YuanField
from ventures.models import Activity, Application, BudgetCategory, BudgetLine, Report, Round, Venture
from ventures.queries.applicant import FACT_NAMES, WORD_NAMES

BUDGET_ROWS = 40
MOST = Decimal("999999999999.99")  # what can be typed into a field of money; price × quantity may be more


def label_of(model: Any, name: str) -> Any:
    return model._meta.get_field(name).verbose_name


class StartForm(PageForm):
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=gettext_lazy("Organization"), empty_label=None
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the venture"),
        max_length=80,
        help_text=gettext_lazy("Without 《》. You can change it until you submit."),
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class DraftForm(PageForm):
    """A step of the application, with the version that the page was made from."""

    use_required_attribute = False
    NEEDED: tuple[str, ...] = ()  # what a submission needs is marked; a draft is stored without it

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.mark_needed()

    def full_clean(self) -> None:
        super().full_clean()
        self.mark_needed()

    def mark_needed(self) -> None:
        for name in self.NEEDED:
            if name in self.fields:
                self.fields[name].required = True


class FactsForm(DraftForm):
    NEEDED = REQUIRED_FACTS + REQUIRED_NUMBERS
    title = forms.CharField(label=gettext_lazy("Title of the venture"), max_length=80, required=False)
    category = forms.ModelChoiceField(
        None, label=label_of(Venture, "category"), required=False, empty_label=gettext_lazy("Please choose")
    )
    place = forms.ModelChoiceField(
        Place.objects.filter(tier__in=[Tier.TOWN, Tier.VILLAGE]), label=label_of(Venture, "place"), required=False,
        empty_label=gettext_lazy("Please choose"),
    )  # fmt: skip
    leader = forms.CharField(label=label_of(Venture, "leader"), max_length=60, required=False)
    phone = forms.CharField(label=label_of(Venture, "phone"), max_length=20, required=False)
    starts_on = forms.DateField(label=label_of(Venture, "starts_on"), required=False)
    ends_on = forms.DateField(label=label_of(Venture, "ends_on"), required=False)
    beneficiaries = CountField(
        label=label_of(Venture, "beneficiaries"), help_text=gettext_lazy("People, each counted once.")
    )
    sessions_planned = CountField(label=label_of(Venture, "sessions_planned"))
    attendance_planned = CountField(
        label=label_of(Venture, "attendance_planned"),
        help_text=gettext_lazy("Visits: who comes three times counts three."),
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = round.categories.all()  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone = half_width(self.cleaned_data["phone"])
        if phone:
            PHONE(phone)
        return phone

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACT_NAMES}


class WordsForm(DraftForm):
    """The words, with counters. Too long is kept and told; it is no reason to lose a paragraph."""

    NEEDED = REQUIRED_WORDS
    HELP = {
        "summary": gettext_lazy("For whom, what, where, how often; this is what everybody reads first."),
        "needs": gettext_lazy("Who lacks what, and how do you know it? Numbers from visits or surveys help."),
        "goals": gettext_lazy("What will be different at the end, in numbers that can be checked."),
        "plan": gettext_lazy("Activities month by month: when, what, where, how many times, who is responsible."),
        "risks": gettext_lazy("What may go wrong, and what you do then."),
        "party_building": gettext_lazy("How the party organization leads and its members help. No names of members."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORD_NAMES:
            field: Any = Application._meta.get_field(name)
            rows = 10 if field.max_length > 2000 else 5
            self.fields[name] = forms.CharField(
                label=field.verbose_name,
                required=False,
                help_text=self.HELP.get(name, ""),
                widget=forms.Textarea(attrs={"class": "form-control", "rows": rows, "data-max": field.max_length}),
            )
        if not self.is_bound:
            self.mark_needed()

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORD_NAMES}


class VersionForm(DraftForm):
    """The budget's own fields are the lines."""


class BudgetLineForm(PageForm):
    """A row: price × quantity is the amount; what is not self-raised is asked from the grant."""

    category = forms.ChoiceField(
        label=label_of(BudgetLine, "category"), choices=BudgetCategory.choices, initial=BudgetCategory.ACTIVITY
    )
    detail = forms.CharField(label=label_of(BudgetLine, "detail"), max_length=120, required=False)
    unit_price = YuanField(label=label_of(BudgetLine, "unit_price"))
    quantity = QuantityField(label=label_of(BudgetLine, "quantity"))
    unit = forms.CharField(label=label_of(BudgetLine, "unit"), max_length=10, required=False)
    from_own = YuanField(label=label_of(BudgetLine, "from_own"))
    basis = forms.CharField(label=label_of(BudgetLine, "basis"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            field.widget.attrs["data-cell"] = name
            if name in {"unit_price", "quantity", "from_own"}:
                field.widget.attrs["class"] += " num"

    @property
    def is_blank(self) -> bool:
        """Nothing typed: such a row is left out (a row that was emptied is a row that was removed)."""
        given = (self.data.get(self.add_prefix(n), "").strip() for n in self.fields if n != "category")
        return not any(given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"unit_price", "quantity", "from_own"} <= cleaned.keys():
            cleaned["amount"] = amount = to_cents(cleaned["unit_price"] * cleaned["quantity"])
            cleaned["from_grant"] = amount - cleaned["from_own"]
            if amount > MOST:
                self.add_error(
                    "unit_price",
                    _("Unit price × quantity is %(amount)s 元; a line has at most %(most)s 元.")
                    % {"amount": f"{amount:,.2f}", "most": f"{MOST:,.2f}"},
                )
            if cleaned["from_own"] > amount:
                self.add_error(
                    "from_own",
                    _("The self-raised part, %(own)s 元, is more than the amount of the line, %(amount)s 元.")
                    % {"own": f"{cleaned['from_own']:,.2f}", "amount": f"{amount:,.2f}"},
                )
        return cleaned


class Budget:
    """The lines of a budget as typed. Bound to a request's data, or made from stored lines."""

    def __init__(self, data: Any = None, lines: Any = ()) -> None:
        self.is_bound = data is not None
        if self.is_bound:
            given = (BudgetLineForm(data, prefix=f"line-{n}") for n in range(_row_count(data)))
            self.rows = [row for row in given if not row.is_blank]
        else:
            self.rows = [
                BudgetLineForm(prefix=f"line-{n}", initial=_initial(line)) for n, line in enumerate(lines)
            ]  # fmt: skip
        self.count = _row_count(data) if self.is_bound else len(self.rows)
        self.empty = BudgetLineForm(prefix="line-__n__")

    def is_valid(self) -> bool:
        bad = [row for row in self.rows if not row.is_valid()]  # every row is asked, so that every cell is told
        return not bad

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in self.rows]

    @property
    def sums(self) -> dict[str, Decimal]:
        """The three totals of the venture, which are never typed."""
        return {
            "total_budget": sum((line["amount"] for line in self.lines), ZERO),
            "requested": sum((line["from_grant"] for line in self.lines), ZERO),
            "self_raised": sum((line["from_own"] for line in self.lines), ZERO),
        }


def _initial(line: BudgetLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in BudgetLineForm.base_fields} | {
        "quantity": f"{line.quantity.normalize():f}"
    }


def _row_count(data: Any) -> int:
    return min(row_number(str(data.get("rows", "0"))) or 0, BUDGET_ROWS)


class SubmitForm(DraftForm):
    declared = forms.BooleanField(label=label_of(Application, "declared"), required=False)


class ActivityForm(PageModelForm):
    attendance = CountField(label=label_of(Activity, "attendance"), required=True)
    volunteers = CountField(label=label_of(Activity, "volunteers"))

    class Meta:
        model = Activity
        fields = ["held_on", "topic", "place", "attendance", "volunteers"]
        widgets = {"held_on": forms.DateInput()}


class ReportForm(PageModelForm):
    """中期, 整改 and 末期 reports. What was planned and done is computed beside it, not typed."""

    beneficiaries = CountField(label=label_of(Report, "beneficiaries"))
    satisfaction = forms.DecimalField(
        label=label_of(Report, "satisfaction"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    class Meta:
        model = Report
        fields = ["progress", "problems", "beneficiaries", "satisfaction"]
        widgets = {"progress": forms.Textarea(attrs={"rows": 10}), "problems": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "progress": gettext_lazy("Goal by goal: planned, done, why more or less; with numbers."),
            "problems": gettext_lazy("What hinders you, and what you do next."),
        }
