"""Forms about the people of an organization."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.comparing import ComparedForm
from common.site.fields import EmailField
from common.site.forms import PageForm
from organizations.models import Part


class InvitationForm(PageForm):
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices, initial=Part.EDITOR)
    email = EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Optional: the link is sent there. Without it you send the link yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class OwnerInvitationForm(PageForm):
    note = forms.CharField(
        label=_("Who asked, with which paper"),
        max_length=200,
        help_text=_(
            "Goes into the journal: name, phone and the paper seen, for instance the registration certificate."
        ),
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Optional: the link is sent there. Without it you hand over the link or the code."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class PartForm(ComparedForm):
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)


class CodeForm(PageForm):
    code = forms.CharField(
        label=_("Invitation code"),
        max_length=60,
        help_text=_("Four groups of four letters and digits, for instance ABCD-EFGH-2345-WXYZ."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )
