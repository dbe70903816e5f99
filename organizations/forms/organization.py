from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import PageModelForm
from common.text import clean, half_width
from organizations.codes import validate_credit_code
from organizations.models import Organization, Place, Tier

HALF_WIDTH = ("credit_code", "phone", "bank_account")


class HalfWidthField(forms.CharField):
    """A code as typed with a Chinese keyboard becomes half width before it is checked."""

    def to_python(self, value: Any) -> str:
        return half_width(super().to_python(value) or "")


class OrganizationForm(PageModelForm):
    """Everything that a round needs to know of an organization. What is broken is told at its field."""

    credit_code = HalfWidthField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as on the registration certificate; the last one is checked."),
        validators=[validate_credit_code],
        widget=forms.TextInput(attrs={"class": "form-control font-monospace", "autocomplete": "off", "maxlength": 24}),
    )

    class Meta:
        model = Organization
        fields = [
            "name", "credit_code", "management", "service", "place", "founded_on", "registrar", "supervising_body",
            "legal_representative", "address", "phone", "introduction", "full_time_staff", "volunteers", "party_form",
            "party_members", "bank_name", "bank_account",
        ]  # fmt: skip
        labels = {"name": _("Name of the organization")}
        widgets = {
            "founded_on": forms.DateInput(),
            "management": forms.RadioSelect(),
            "party_form": forms.RadioSelect(),
            "service": forms.RadioSelect(),
        }
        help_texts = {
            "management": _(
                "Private education, elderly care and community organizations: territorial. Trade associations with a "
                "responsible authority: sector. Neither: fallback (the comprehensive party committee)."
            ),
            "party_members": _("Only the number; names are not collected."),
            "bank_account": _("Of the organization; grants are paid to it. Shown masked to others."),
        }

    sections = (
        (_("Organization"), ("name", "credit_code", "service", "management", "place", "founded_on", "registrar", "supervising_body")),
        (_("Contact"), ("legal_representative", "phone", "address")),
        (_("Staff and volunteers"), ("full_time_staff", "volunteers", "introduction")),
        (_("Party building"), ("party_form", "party_members")),
        (_("Account for the grant"), ("bank_name", "bank_account")),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(tier=Tier.TOWN)  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("Please choose")  # type: ignore[attr-defined]
        for name in ("management", "service", "party_form"):
            self.fields[name].choices = [c for c in self.fields[name].choices if c[0]]  # type: ignore[attr-defined]
        for name in ("full_time_staff", "volunteers", "party_members"):
            self.fields[name].required = False
        self.fields["introduction"].widget.attrs["maxlength"] = 500

    def rows(self) -> list[tuple[Any, list[Any]]]:
        """Sections with their bound fields, in the order of the printed form."""
        return [(title, [self[name] for name in names]) for title, names in self.sections]

    def _taken(self, name: str, value: str) -> bool:
        return Organization.objects.filter(**{f"{name}__iexact": value}).exclude(pk=self.instance.pk).exists()

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"]
        if self._taken("credit_code", code):
            raise forms.ValidationError(
                gettext("The code %(code)s is registered already. Ask the one who registered it to let you in.")
                % {"code": code}
            )
        return code

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if self._taken("name", name):
            raise forms.ValidationError(gettext("An organization of this name is registered already."))
        return name

    def _number(self, name: str) -> int:
        return self.cleaned_data.get(name) or 0

    def clean_full_time_staff(self) -> int:
        return self._number("full_time_staff")

    def clean_volunteers(self) -> int:
        return self._number("volunteers")

    def clean_party_members(self) -> int:
        return self._number("party_members")

    def clean_phone(self) -> str:
        return half_width(self.cleaned_data.get("phone") or "")

    def clean_bank_account(self) -> str:
        return half_width(self.cleaned_data.get("bank_account") or "")

    def _post_clean(self) -> None:
        # The action validates the model (and its sentences are the ones to show), so the form does not do it again.
        pass
