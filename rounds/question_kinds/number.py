from django.utils.translation import gettext_lazy as _

from rounds.question_kinds.kind import QuestionKind


class Number(QuestionKind):
    slug, place, label = "number", 30, _("Whole number")


KIND = Number()
