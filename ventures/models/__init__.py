from ventures.models.application import Answer, Application, BudgetLine, Indicator, ScheduleLine, TeamMember
from ventures.models.notice import Notice, NoticeLine, Objection
from ventures.models.papers import Attachment, StampedScan
from ventures.models.rule_answers import RuleAnswer
from ventures.models.submission import Correction, Counter, Pin, RefusalReason, Remark, Submission
from ventures.models.venture import PAST_MID_TERM, ActingForApplicant, CheckAnswer, Venture

__all__ = [
    "PAST_MID_TERM",
    "ActingForApplicant",
    "Answer",
    "Application",
    "Attachment",
    "BudgetLine",
    "CheckAnswer",
    "Correction",
    "Counter",
    "Indicator",
    "Notice",
    "NoticeLine",
    "Objection",
    "Pin",
    "RefusalReason",
    "Remark",
    "RuleAnswer",
    "ScheduleLine",
    "StampedScan",
    "Submission",
    "TeamMember",
    "Venture",
]
