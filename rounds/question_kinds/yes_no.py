from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from rounds.question_kinds.kind import QuestionKind

if TYPE_CHECKING:
    from rounds.models import Question

ANSWERS = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}


class YesNo(QuestionKind):
    slug, place, label = "yes_no", 80, gettext_lazy("Yes or no")

    def deciding(self, question: "Question") -> list[str]:
        return list(ANSWERS)

    def kept(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        return super().kept(value)

    def said(self, value: Any) -> str:
        return str(ANSWERS.get(value, ""))


KIND = YesNo()
