from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import throttle
from accounts.models import User
from common.forms import PageForm
from common.text import half_width

MOBILE = RegexValidator(
    r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{8})$", gettext_lazy("A mobile number, or a landline like 0573-85013072.")
)


class LoginForm(PageForm):
    username = forms.CharField(
        label=gettext_lazy("Username"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: User | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)  # a password is not cleaned
        if "username" not in given or "password" not in given:
            return given
        username = given["username"]
        if throttle.is_resting(username):
            self.error_status = 429
            self.add_error(
                None,
                _("%(n)s wrong passwords for this username within %(m)s minutes. Please try again in %(m)s minutes.")
                % {"n": throttle.FAILURES, "m": throttle.MINUTES},
            )
            return given
        user = authenticate(self.request, username=username, password=given["password"])
        if user is None:
            throttle.note_failure(username)
            self.add_error(None, _("Username and password do not match. Capital letters matter."))
        else:
            throttle.forget(username)
            self.user = user  # type: ignore[assignment]
        return given


class RegisterForm(PageForm):
    username = forms.CharField(
        label=gettext_lazy("Username"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("Letters, digits, Chinese characters and @ . + - _; you log in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=20,
        validators=[MOBILE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,  # of the column; the field's own limit is 320
        help_text=gettext_lazy("Optional. Messages of the site also go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 10 characters, not a common password, not like your username."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "I agree that my username, name, phone and e-mail are stored, to handle applications and to reach me about "
            "them. ID numbers and party membership of persons are not collected."
        )
    )

    def clean_phone(self) -> str:
        return half_width(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        passwords: dict[str, str] = {k: self.cleaned_data[k] for k in ("password", "again") if k in self.cleaned_data}
        cleaned = {**super().clean(), **passwords}
        if len(passwords) == 2 and passwords["password"] != passwords["again"]:
            self.add_error("again", _("The two passwords differ."))
        return cleaned
