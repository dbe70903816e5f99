from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.normal_forms import unit_name
from common.site.fields import CodeField, PhoneField
from common.site.forms import PageModelForm
from common.text import clean
from organizations.codes import validate_credit_code
from organizations.models import ApplicantKind, Organization, Place, Tier
from organizations.queries.people import has_owners


class OrganizationForm(PageModelForm):
    """Everything that a round needs to know of an organization. What is broken is told at its field."""

    credit_code = CodeField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as on the registration certificate; the last one is checked."),
        validators=[validate_credit_code],
        widget=forms.TextInput(attrs={"class": "form-control font-monospace", "autocomplete": "off", "maxlength": 24}),
    )

    class Meta:
        model = Organization
        fields = [
            "name", "credit_code", "field", "management", "service", "place", "founded_on", "registrar", "supervising_body",
            "legal_representative", "address", "phone", "introduction", "full_time_staff", "volunteers", "party_form",
            "party_members", "bank_name", "bank_account",
        ]  # fmt: skip
        field_classes = {"phone": PhoneField, "bank_account": CodeField}
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

    number_help: Any = ""
    sections: Any = (
        (_("Organization"), ("name", "credit_code", "field", "supervising_body", "management", "service", "place", "founded_on", "registrar")),
        (_("Contact"), ("legal_representative", "phone", "address")),
        (_("Staff and volunteers"), ("full_time_staff", "volunteers", "introduction")),
        (_("Party building"), ("party_form", "party_members")),
        (_("Account for the grant"), ("bank_name", "bank_account")),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(tier=Tier.TOWN)  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("Please choose")  # type: ignore[attr-defined]
        for name in {"management", "service", "party_form"} & set(self.fields):
            self.fields[name].choices = [c for c in self.fields[name].choices if c[0]]  # type: ignore[attr-defined]
        if "management" in self.fields:
            self.fields["management"].required = True
        for name in {"field", "full_time_staff", "volunteers", "party_members"} & set(self.fields):
            self.fields[name].required = False
        self.fields["introduction"].widget.attrs["maxlength"] = 500
        if "record_number" in self.fields:
            self.fields["record_number"].help_text = self.number_help
            self.fields["record_number"].required = "host_code" in self.fields

    def rows(self) -> list[tuple[Any, list[Any]]]:
        """Sections with their bound fields, in the order of the printed form."""
        return [(title, [self[name] for name in names]) for title, names in self.sections]

    def _taken(self, name: str, value: str) -> Organization | None:
        return Organization.objects.filter(**{name: value}).exclude(pk=self.instance.pk).first()

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"]
        if taken := self._taken("credit_code", code):
            sentence = gettext("The code %(code)s is registered already. Ask the one who registered it to let you in.")
            if not has_owners(taken):
                sentence = gettext(
                    "The code %(code)s is in the register, but nobody owns it here yet. Ask the civil affairs bureau for "
                    "an owner's invitation; bring the registration certificate."
                )
            raise forms.ValidationError(sentence % {"code": code})
        return code

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if taken := self._taken("name_key", unit_name(name)):
            sentence = gettext("An organization of this name is registered already.")
            if not has_owners(taken):
                sentence = gettext(
                    "An organization of this name is in the register, but nobody owns it here yet. Ask the civil affairs "
                    "bureau for an owner's invitation; bring the registration certificate."
                )
            raise forms.ValidationError(sentence)
        return name

    def clean_field(self) -> str:
        return self.cleaned_data.get("field") or self.instance.field

    def _number(self, name: str) -> int:
        return self.cleaned_data.get(name) or 0

    def clean_full_time_staff(self) -> int:
        return self._number("full_time_staff")

    def clean_volunteers(self) -> int:
        return self._number("volunteers")

    def clean_party_members(self) -> int:
        return self._number("party_members")

    def mask_account(self) -> None:
        """For who may not see money: the last digits, and nothing to change."""
        self.initial["bank_account"] = self.instance.masked_account
        self.fields["bank_account"].disabled = True

    def show_stored(self, stored: dict[str, Any]) -> None:
        """Somebody else saved meanwhile: tell at each field that differs what is stored there now."""
        for name, value in stored.items():
            if name in self.fields and value != self.cleaned_data.get(name):
                sentence = gettext(
                    "Stored meanwhile: “%(text)s”. What you typed stands above; saving again replaces it."
                )
                self.add_error(name, sentence % {"text": self._in_words(name, value)})

    def _in_words(self, name: str, value: Any) -> str:
        choices = getattr(self.fields[name], "choices", None)
        if choices and not isinstance(self.fields[name], forms.ModelChoiceField):
            return str(dict(choices).get(value, value))
        return "—" if value in (None, "") else str(value)

    def _post_clean(self) -> None:
        # The action validates the model (and its sentences are the ones to show), so the form does not do it again.
        pass


class GroupForm(OrganizationForm):
    """A 备案 group: no code of its own, but that of the host that it acts through."""

    host_code = CodeField(
        label=_("Code of the host"),
        help_text=_("The host is a registered organization. Its owner is told and has to agree."),
        widget=forms.TextInput(attrs={"class": "form-control font-monospace", "autocomplete": "off", "maxlength": 24}),
    )
    credit_code = None  # type: ignore[assignment]

    class Meta(OrganizationForm.Meta):
        fields = ["record_number", *(name for name in OrganizationForm.Meta.fields if name != "credit_code")]

    number_help = _("As on the certificate of the record (备案).")
    sections = (
        (_("Group on record"), ("name", "record_number", "host_code", "field", "supervising_body", "management", "service", "place", "founded_on", "registrar")),
        *OrganizationForm.sections[1:],
    )  # fmt: skip


class GroupEditForm(GroupForm):
    """The host is changed by asking another one, not by the way."""

    host_code = None  # type: ignore[assignment]

    sections = (
        (_("Group on record"), ("name", "record_number", "field", "supervising_body", "management", "service", "place", "founded_on", "registrar")),
        *OrganizationForm.sections[1:],
    )  # fmt: skip


class OtherForm(OrganizationForm):
    """Who has neither a code nor a host: a party organization by the document that approved it, a person by name and
    phone."""

    credit_code = None  # type: ignore[assignment]

    class Meta(OrganizationForm.Meta):
        fields = [
            "applicant_kind", "name", "record_number", "place", "founded_on", "legal_representative", "phone", "address",
            "introduction", "volunteers", "party_form", "party_members", "bank_name", "bank_account",
        ]  # fmt: skip
        labels = {"name": _("Name"), "legal_representative": _("Contact person")}

    number_help = _(
        "Of a party organization, the document that approved it. A person leaves it empty: no ID number is kept."
    )
    sections = (
        (_("Who applies"), ("applicant_kind", "name", "record_number", "place", "founded_on")),
        (_("Contact"), ("legal_representative", "phone", "address", "introduction")),
        (_("Party building"), ("party_form", "party_members", "volunteers")),
        (_("Account for the grant"), ("bank_name", "bank_account")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["applicant_kind"]
        kind.required, kind.empty_label = True, _("Please choose")
        kind.queryset = ApplicantKind.objects.filter(identified_by__in=WITHOUT_CODE)


WITHOUT_CODE = ("record_number", "name_and_phone")
