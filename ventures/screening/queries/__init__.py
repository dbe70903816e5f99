"""What the screening asks: the queue, what the house checks by itself, corrections with old and new, the thread."""

from ventures.screening.queries.checks import RuleLine, automatic_checks, not_acceptable, rule_lines
from ventures.screening.queries.corrections import (
    Answered,
    AnsweredPin,
    answered_corrections,
    files_of,
    pinnable,
    shown_version,
)
from ventures.screening.queries.figures import refusals, sealed_count
from ventures.screening.queries.queue import (
    QUEUE_STATES,
    QueuePage,
    acceptable,
    behind,
    filtered,
    flags_of,
    neighbours,
    page_of,
)

__all__ = [
    "QUEUE_STATES",
    "Answered",
    "AnsweredPin",
    "QueuePage",
    "RuleLine",
    "acceptable",
    "answered_corrections",
    "automatic_checks",
    "behind",
    "files_of",
    "filtered",
    "flags_of",
    "neighbours",
    "not_acceptable",
    "page_of",
    "pinnable",
    "refusals",
    "rule_lines",
    "sealed_count",
    "shown_version",
]
