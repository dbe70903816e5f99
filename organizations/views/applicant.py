from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from common.web import errors_into, form_page, respond
from organizations import actions
from organizations.forms import OrganizationForm
from organizations.queries import organizations_of


@form_page("organizations.register")
def register(request: HttpRequest) -> HttpResponse:
    form = OrganizationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_into(form):
            organization = actions.register(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is registered.") % {"name": organization})
            return redirect("apply_home")
    return respond(request, "organizations/form.html", {}, form)


@form_page("organizations.register")
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """See and edit an organization of one's own; somebody else's does not exist here."""
    row = get_object_or_404(organizations_of(request.user), pk=pk)
    form = OrganizationForm(request.POST if request.method == "POST" else None, instance=row)
    editable = request.user.has_perm("organizations.edit", row)
    name = row.name
    if form.is_bound and form.is_valid():
        with errors_into(form):
            actions.edit(row, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is saved.") % {"name": row.name})
            return redirect("apply_home")
    return respond(request, "organizations/form.html", {"organization": row, "name": name, "editable": editable}, form)
