from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.money import yuan
from rounds.question_kinds.kind import QuestionKind


class Money(QuestionKind):
    """12000.50; what is no amount (the answer to an earlier question of another kind) is no answer."""

    slug, place, label = "money", 40, _("Amount (元)")

    def kept(self, value: Any) -> Any:
        try:
            amount = Decimal(super().kept(value))
        except InvalidOperation:
            return self.empty
        return f"{amount:.2f}" if amount.is_finite() else self.empty

    def read(self, value: Any) -> str:
        return yuan(value)


KIND = Money()
