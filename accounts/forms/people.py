"""The administrator's forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from common.site.comparing import ComparedForm
from common.site.fields import EmailField, PhoneField, UserNameField
from common.site.forms import PageForm

WORKS_HERE = [(value, label) for value, label in Role.choices if value != Role.APPLICANT]
STATES = (
    ("active", _("Active")),
    ("invited", _("Invited")),
    ("inactive", _("Deactivated")),
    ("without", _("Second factor missing")),
)


class PeopleFilter(PageForm):
    """Filters of the list; they live in the URL."""

    q = forms.CharField(
        label=_("Name, username or phone"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("role", Role.choices), ("state", STATES)):
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


class PersonForm(PageForm):
    """An account for somebody who works here."""

    username = UserNameField(
        label=_("Username"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits, Chinese characters and @ . + - _; the person logs in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("The person's name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Please choose")), *WORKS_HERE])
    unit = forms.CharField(label=_("Unit"), max_length=100, required=False)
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("If given, the link is sent there. You see it once as well."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class RoleForm(ComparedForm):
    alone = frozenset({"reason"})

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed for a finance officer, manager or administrator: a second person has to confirm it."),
    )


class ReasonForm(PageForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)
