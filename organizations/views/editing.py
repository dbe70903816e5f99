"""Editing an organization, the same for its people and for the desk."""

from django.http import HttpRequest

from common.site.paging import row_number
from common.site.web import errors_into
from organizations import actions
from organizations.account import is_shown_whole
from organizations.errors import ChangedMeanwhile
from organizations.forms import GroupEditForm, OrganizationForm, OtherForm
from organizations.models import Organization


def edit_form(request: HttpRequest, row: Organization) -> OrganizationForm:
    kind = OtherForm if row.applicant_kind_id else GroupEditForm if row.is_group else OrganizationForm
    form = kind(request.POST if request.method == "POST" else None, instance=row)
    if not is_shown_whole(row, by=request.user):
        form.mask_account()
    return form


def save(request: HttpRequest, form: OrganizationForm, row: Organization) -> bool:
    """Save what was typed over the version that the page showed. False: the form carries the reasons."""
    if not (form.is_bound and form.is_valid()):
        return False
    version = row_number(request.POST.get("version", ""))
    with errors_into(form):
        try:
            actions.edit(row, by=request.user, version=version, **form.cleaned_data)
        except ChangedMeanwhile as e:
            form.show_stored(e.stored)
            raise
        return True
    return False
