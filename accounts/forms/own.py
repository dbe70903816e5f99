from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MOBILE
from accounts.forms.fields import password as password_field
from common.site.comparing import ComparedForm
from common.site.forms import PageForm
from common.text import half_width


class AccountForm(ComparedForm):
    alone = frozenset({"password"})

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=20,
        required=False,
        validators=[MOBILE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Messages of the site go there, and a new password if you forget yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = password_field(
        gettext_lazy("Present password"), "current-password", gettext_lazy("Only needed for another e-mail.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False

    def clean_phone(self) -> str:
        return half_width(self.cleaned_data.get("phone") or "")

    def clean(self) -> dict[str, object]:
        return {**super().clean(), "password": self.cleaned_data.get("password", "")}


class CodeForm(PageForm):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
