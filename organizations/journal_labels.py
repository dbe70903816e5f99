"""What the journal calls this room's things and what is recorded of them."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_verbs(
    register=_("Registered"),
    edit=_("Details changed"),
    invite=_("Somebody invited"),
    invite_owner=_("Owner invited by the office"),
    revoke_invitation=_("Invitation withdrawn"),
    accept_invitation=_("Invitation accepted"),
    change_part=_("Part changed"),
    remove_person=_("Person removed"),
    leave=_("Left the organization"),
    ask_host=_("Host asked"),
    agree_to_host=_("Host agreed"),
    decline_to_host=_("Host declined"),
    verify_organization=_("Verified"),
    reject_organization=_("Verification refused"),
    enter_record=_("Record entered"),
    correct_record=_("Record corrected"),
    check_record=_("Record checked"),
    strike_record=_("Record struck out"),
    enter_platform=_("Entered the platform"),
    graduate=_("Left the platform"),
    import_new=_("Imported"),
    import_change=_("Changed by an import"),
    take_in_register=_("Register handed in"),
    import_register=_("Register imported"),
)
name_kind("organizations.organization", _("Organization"), "desk_organization")
name_kind("organizations.registerimport", _("Import of the register"), "desk_organization_import")
