from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from rounds.question_kinds.kind import QuestionKind


class Date(QuestionKind):
    slug, place, label = "date", 50, _("Date")

    def kept(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else super().kept(value)


KIND = Date()
