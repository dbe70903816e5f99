from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.site.fields import EmailField
from organizations.models import Platform, Tier
from rounds.forms.cards.page import CardForm, CardPage
from rounds.forms.fields import WholeField, label_of
from rounds.models.naming import LONGEST_TITLE, CountedBy


class BasicsForm(CardForm):
    edition = WholeField(
        label=label_of("edition"), min_value=1, max_value=9999,
        help_text=gettext_lazy("Counts the rounds of the series, whatever they are named by."),
    )  # fmt: skip
    year = WholeField(
        label=label_of("year"), min_value=2000, max_value=2099, help_text=gettext_lazy("Part of venture numbers.")
    )
    counted_by = forms.ChoiceField(label=label_of("counted_by"), choices=CountedBy.choices)
    own_title = forms.CharField(
        label=label_of("own_title"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Empty: city, edition or year, and series. Filled in, it stands alone everywhere."),
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
    address = forms.CharField(
        label=label_of("address"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Where a letter or a sealed paper is brought; public."),
    )
    email = EmailField(label=label_of("email"), max_length=120, required=False)
    supervision_phone = forms.CharField(
        label=label_of("supervision_phone"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Of who supervises the bureau, not of who runs the round; printed on public notices."),
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


PAGE = CardPage(BasicsForm)
