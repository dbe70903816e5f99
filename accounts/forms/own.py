from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import password as password_field
from common.site.comparing import ComparedForm
from common.site.fields import EmailField, PhoneField
from common.site.forms import PageForm


class AccountForm(ComparedForm):
    alone = frozenset({"password"})

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(
        label=gettext_lazy("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = EmailField(
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
