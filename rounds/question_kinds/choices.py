from typing import Any

from django.utils.translation import gettext_lazy as _

from common.text import clean
from rounds.question_kinds.kind import WithOptions


class Choices(WithOptions):
    slug, place, label = "choices", 70, _("Several of several")
    empty: Any = []

    def kept(self, value: Any) -> Any:
        return [clean(str(v)) for v in ([value] if isinstance(value, str) else value) if v] if value else []


KIND = Choices()
