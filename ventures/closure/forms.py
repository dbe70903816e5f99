"""The ends of a venture: thin; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.forms import PageForm, reason_field


class TerminationForm(PageForm):
    reason = reason_field(_("Reason of the termination"), _("Say why the venture is terminated."))


class ClosureForm(PageForm):
    note = forms.CharField(
        label=_("Closing remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
