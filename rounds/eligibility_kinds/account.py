from django.utils.translation import gettext_lazy as _

from rounds.eligibility_kinds.kind import EligibilityKind


class Account(EligibilityKind):
    slug, place = "account", 80
    label = _("Has a bank account of its own")


KIND = Account()
