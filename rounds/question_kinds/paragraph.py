from django.utils.translation import gettext_lazy as _

from rounds.question_kinds.kind import WithLimit


class Paragraph(WithLimit):
    slug, place, label = "paragraph", 20, _("Paragraph")


KIND = Paragraph()
