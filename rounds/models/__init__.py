from rounds.models.form import Amendment, AttachmentRule, EligibilityRule, FormSection, Question
from rounds.models.grades import GradeBand
from rounds.models.phase import RoundPhase
from rounds.models.round import (
    BudgetCategory,
    BudgetRule,
    Category,
    CheckItem,
    Round,
    RubricItem,
    Series,
    TrancheRule,
)

__all__ = [
    "Amendment",
    "AttachmentRule",
    "BudgetCategory",
    "BudgetRule",
    "Category",
    "CheckItem",
    "EligibilityRule",
    "FormSection",
    "GradeBand",
    "Question",
    "Round",
    "RoundPhase",
    "RubricItem",
    "Series",
    "TrancheRule",
]
