from ventures.models.application import Answer, Application, BudgetLine, Indicator, ScheduleLine, TeamMember
from ventures.models.delivery import Activity, Report
from ventures.models.form import Amendment, AttachmentRule, EligibilityRule, FormSection, Question
from ventures.models.notice import Notice, NoticeLine, Objection
from ventures.models.papers import Attachment, StampedScan
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
from ventures.models.submission import Correction, Counter, Pin, RefusalReason, Remark, Submission
from ventures.models.venture import CheckAnswer, Venture

__all__ = [
    "Activity",
    "Amendment",
    "Answer",
    "Application",
    "Attachment",
    "AttachmentRule",
    "BudgetCategory",
    "BudgetLine",
    "BudgetRule",
    "Category",
    "CheckAnswer",
    "CheckItem",
    "Correction",
    "Counter",
    "EligibilityRule",
    "FormSection",
    "Indicator",
    "Notice",
    "NoticeLine",
    "Objection",
    "Pin",
    "Question",
    "RefusalReason",
    "Remark",
    "Report",
    "Round",
    "RubricItem",
    "ScheduleLine",
    "Series",
    "StampedScan",
    "Submission",
    "TeamMember",
    "TrancheRule",
    "Venture",
]
