from rounds.models.form import Amendment, AttachmentRule, EligibilityRule, FormSection, Question
from rounds.models.round import (
    BudgetCategory,
    BudgetRule,
    Category,
    CheckItem,
    Grade,
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
    "Grade",
    "Question",
    "Round",
    "RubricItem",
    "Series",
    "TrancheRule",
]
