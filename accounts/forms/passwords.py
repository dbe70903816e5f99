from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import CONSENT, TwicePasswordForm
from accounts.forms.fields import password as password_field
from common.site.forms import PageForm


class ChangePasswordForm(TwicePasswordForm):
    old = password_field(gettext_lazy("Present password"), "current-password")

    field_order = ("old", "new", "again")
    PASSWORDS = ("old", "new", "again")


class ForgottenForm(PageForm):
    wanted = forms.CharField(
        label=gettext_lazy("Username or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(TwicePasswordForm):
    """By the link of a mail or of the administrator."""


class WelcomeForm(TwicePasswordForm):
    """By the link of an invitation: the account was made by somebody else, so its owner agrees now."""

    consent = forms.BooleanField(label=CONSENT)

    def consent_text(self) -> str:
        return str(self.fields["consent"].label)
