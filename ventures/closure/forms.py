"""The ends of a venture: thin; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.forms import PageForm, reason_field


class TerminationForm(PageForm):
    reason = reason_field(_("Reason of the termination"), _("Say why the venture is terminated."))


class GivingUpForm(PageForm):
    reason = reason_field(
        _("Who gives it up, and why"),
        _("Say who gives the award up, and why."),
        help_text=_("For example: the organization, by letter of 12 June 2020; its project officer has left."),
    )


class ClosureForm(PageForm):
    note = forms.CharField(
        label=_("Closing remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
