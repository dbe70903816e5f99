"""What the journal calls this room's things and what is recorded of them."""

from django.utils.translation import gettext_lazy as _

from common.verbs import name_kind, name_verbs

name_verbs(register=_("Registered"), edit=_("Details changed"))
name_kind("organizations.organization", _("Organization"), "desk_organization")
