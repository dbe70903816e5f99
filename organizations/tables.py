"""The register, platforms and what was imported, as lists."""

from django.utils.translation import gettext_lazy as _

from common.site.tables import Count, Link, Minute, Own, Table, Text
from organizations.models import Organization


class OrganizationTable(Table):
    model = Organization
    empty = _("No organization matches these filters.")

    organization = Link(_("Organization"), "name", to="desk_organization", sort="name", marked=True)
    code = Own(
        _("Unified social credit code"), "credit_code", cell="organizations/staff/cells/code.html", css="font-monospace"
    )
    place = Text(_("Town or subdistrict"))
    management = Text(_("Management model"), "get_management_display")
    party_form = Text(_("Party organization"), "get_party_form_display")
    verification = Own(
        _("Verification"), "get_verification_display", cell="organizations/staff/cells/verification.html"
    )


class PlatformTable(Table):
    """The platforms of one tier."""

    platform = Text(_("Platform"), "name")
    place = Text(_("Place"))
    operator = Text(_("Run by"))
    inside = Count(_("Incubated now"))
    graduated = Count(_("Graduated"))


class ImportTable(Table):
    empty = _("No register was handed in yet.")

    file = Link(_("File"), "file.name", to="desk_organization_import")
    created_at = Minute(_("Uploaded"))
    by = Text(_("Who"), "by_name")
    state = Own(_("State"), "get_state_display", cell="organizations/staff/cells/import_state.html")
