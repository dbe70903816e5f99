from django.utils.translation import gettext_lazy as _

from rounds.question_kinds.kind import WithLimit


class Text(WithLimit):
    slug, place, label = "text", 10, _("One line")


KIND = Text()
