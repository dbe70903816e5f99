"""What the journal calls what is recorded of accounts: as the access log calls it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Kind
from common.machine.journal_labels import name_kind, name_verbs

name_verbs(**{kind.value: kind.label for kind in Kind})
name_kind("accounts.user", _("Account"))
