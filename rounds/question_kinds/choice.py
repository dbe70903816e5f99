from django.utils.translation import gettext_lazy as _

from rounds.question_kinds.kind import WithOptions


class Choice(WithOptions):
    slug, place, label = "choice", 60, _("One of several")


KIND = Choice()
