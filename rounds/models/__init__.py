from rounds.models.budget import BudgetHead, BudgetRule
from rounds.models.form import Amendment, AttachmentRule, EligibilityRule, FormSection, Question
from rounds.models.grades import GradeBand
from rounds.models.money_plan import FundSource, TrancheRule
from rounds.models.phase import RoundPhase
from rounds.models.round import (
    Category,
    CheckItem,
    Round,
    RubricItem,
    Series,
)
from rounds.models.template import RoundTemplate

__all__ = [
    "Amendment",
    "AttachmentRule",
    "BudgetHead",
    "BudgetRule",
    "Category",
    "CheckItem",
    "EligibilityRule",
    "FormSection",
    "FundSource",
    "GradeBand",
    "Question",
    "Round",
    "RoundPhase",
    "RoundTemplate",
    "RubricItem",
    "Series",
    "TrancheRule",
]
