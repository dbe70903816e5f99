from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy

from accounts.forms.fields import CONSENT, RULES, TwicePasswordForm
from accounts.forms.fields import password as password_field
from common.site.fields import EmailField, PhoneField, UserNameField
from common.site.forms import PageForm


class LoginForm(PageForm):
    username = UserNameField(
        label=gettext_lazy("Username"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = password_field(gettext_lazy("Password"), "current-password")

    def clean(self) -> dict[str, Any]:
        return dict(self.cleaned_data)  # a password is not cleaned


class RegisterForm(TwicePasswordForm):
    username = UserNameField(
        label=gettext_lazy("Username"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("Letters, digits, Chinese characters and @ . + - _; you log in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(
        label=gettext_lazy("Phone"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,  # of the column; the field's own limit is 320
        help_text=gettext_lazy("Optional. Messages of the site go there, and a new password if you forget yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = password_field(gettext_lazy("Password"), "new-password", RULES)
    again = password_field(gettext_lazy("Password once more"), "new-password")
    consent = forms.BooleanField(label=CONSENT)

    new = None  # type: ignore[assignment]
    PASSWORDS = ("password", "again")
