"""What the journal calls what is recorded of accounts."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_verbs(
    invite_person=_("Account made"),
    issue_link=_("Link for a password made"),
    use_link=_("Password set by link"),
    change_password=_("Password changed"),
    reset_password=_("Password set anew by mail"),
    edit_account=_("Own details changed"),
    set_up_factor=_("Second factor set up"),
    remove_factor=_("Second factor removed"),
    reset_factor=_("Second factor reset"),
    renew_codes=_("New recovery codes made"),
    use_recovery_code=_("Logged in with a recovery code"),
    change_role=_("Role changed"),
    deactivate=_("Account deactivated"),
    reactivate=_("Account reactivated"),
)
name_kind("accounts.user", _("Account"))
