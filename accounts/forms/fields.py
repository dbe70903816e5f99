"""Fields that several forms about people have."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.forms import PageForm

CONSENT = gettext_lazy(
    "I agree that my username, name, phone and e-mail are stored, to handle applications and to reach me about "
    "them. ID numbers and party membership of persons are not collected."
)
RULES = gettext_lazy("At least 10 characters, not a common password, not only digits, not like your username.")


def password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class TwicePasswordForm(PageForm):
    """A new password, typed twice."""

    new = password(gettext_lazy("New password"), "new-password", RULES)
    again = password(gettext_lazy("New password once more"), "new-password")

    PASSWORDS: tuple[str, ...] = ("new", "again")

    def clean(self) -> dict[str, Any]:
        # Passwords are not cleaned as text: every sign of them counts.
        given = {name: self.cleaned_data[name] for name in self.PASSWORDS if name in self.cleaned_data}
        cleaned = {**super().clean(), **given}
        first, again = self.PASSWORDS[-2:]
        if first in given and again in given and given[first] != given[again]:
            self.add_error(again, _("The two passwords differ."))
        return cleaned
