from ventures.models.delivery import Activity, Report
from ventures.models.notice import Notice, NoticeLine, Objection
from ventures.models.round import (
    BudgetCategory,
    BudgetRule,
    Category,
    CheckItem,
    Round,
    RubricItem,
    Series,
    TrancheRule,
)
from ventures.models.venture import Application, BudgetLine, CheckAnswer, Venture

__all__ = [
    "Activity",
    "Application",
    "BudgetCategory",
    "BudgetLine",
    "BudgetRule",
    "Category",
    "CheckAnswer",
    "CheckItem",
    "Notice",
    "NoticeLine",
    "Objection",
    "Report",
    "Round",
    "RubricItem",
    "Series",
    "TrancheRule",
    "Venture",
]
