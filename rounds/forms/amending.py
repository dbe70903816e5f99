"""An amendment of a round whose call has opened: only what may still change, and the reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.deadlines import day_and_clock, end_on
from common.money import AmountField
from common.site.fields import DayField, EmailField
from common.site.forms import RowsField, reason_field
from organizations.models import Place, Tier
from rounds.forms.base_digest import BaseDigestForm
from rounds.forms.fields import ClockField, WholeField, label_of
from rounds.models import Round
from rounds.models.round import CONTACTS


class AmendForm(BaseDigestForm):
    """Fields of the round as they are; what is changed becomes the amendment."""

    closes_on = DayField(label=gettext_lazy("Last day of the call"))
    closes_clock = ClockField(label=gettext_lazy("Closes at (time)"))
    budget = AmountField(label=label_of("budget"))
    quota = WholeField(label=label_of("quota"), min_value=1, max_value=9999)
    correction_days = WholeField(label=label_of("correction_days"), min_value=0, max_value=60)
    notice_days = WholeField(label=label_of("notice_days"), min_value=1, max_value=60)
    places = RowsField(
        Place.objects.none(), label=label_of("places"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: everywhere in the city."),
    )  # fmt: skip
    entering_waiver = forms.CharField(
        label=label_of("entering_waiver"),
        max_length=200,
        required=False,
        help_text=Round._meta.get_field("entering_waiver").help_text,
    )
    contact = forms.CharField(label=label_of("contact"), max_length=80, required=False)
    address = forms.CharField(label=label_of("address"), max_length=120, required=False)
    email = EmailField(label=label_of("email"), max_length=120, required=False)
    supervision_phone = forms.CharField(label=label_of("supervision_phone"), max_length=80, required=False)
    introduction = forms.CharField(
        label=label_of("introduction"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    text = reason_field(
        gettext_lazy("What changes, and why"),
        gettext_lazy("Say what changes and why; everybody reads it on the round's page."),
        help_text=gettext_lazy("Published on the round's page and sent to every applicant of the round."),
    )

    def __init__(self, *args: Any, allowed: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.filter(tier=Tier.TOWN)  # type: ignore[attr-defined]
        for name in list(self.fields):
            column = "closes_at" if name.startswith("closes_") else name
            if column in {"base_digest", "text"}:
                continue
            if column not in allowed:
                del self.fields[name]
            elif rule := allowed[column].rule:
                self.fields[name].help_text = rule

    @staticmethod
    def shown(round_: Round) -> dict[str, Any]:
        closes_on, closes_clock = day_and_clock(round_.closes_at)
        names = (
            "budget", "quota", "correction_days", "notice_days", "entering_waiver", *CONTACTS, "introduction",
        )  # fmt: skip
        return {name: getattr(round_, name) for name in names} | {
            "closes_on": closes_on, "closes_clock": closes_clock, "places": list(round_.places.all()),
        }  # fmt: skip

    @property
    def changes(self) -> dict[str, Any]:
        """Field of the round → value, for everything that the form shows."""
        given = {
            n: v for n, v in self.cleaned_data.items() if n not in {"base_digest", "text", "closes_on", "closes_clock"}
        }
        if "places" in given:
            given["places"] = list(given["places"])
        if "closes_on" in self.cleaned_data:
            given["closes_at"] = end_on(self.cleaned_data["closes_on"], self.cleaned_data["closes_clock"])
        return given
