"""What the set-up of a round still lacks before its call may open. One set of validators: each card of the set-up page
shows its sentences, and the same sentences are the gates of `open`."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy

from rounds.models.round import Round
from rounds.readiness import form, rules
from rounds.readiness.advice import advice
from rounds.readiness.form import (
    ALWAYS_ON,
    ANSWERS_THAT_DECIDE,
    HIGHEST_RATING,
    NEEDS_NUMBER,
    answers_of,
    condition_problems,
    option_problems,
)
from rounds.readiness.rules import last_day, plain, year_without_calendar

__all__ = [
    "ALWAYS_ON",
    "ANSWERS_THAT_DECIDE",
    "CARDS",
    "HIGHEST_RATING",
    "LONGEST_LIST",
    "NEEDS_NUMBER",
    "PARTS",
    "STATEMENTS",
    "advice",
    "all_points",
    "answers_of",
    "condition_problems",
    "last_day",
    "open_points",
    "option_problems",
    "plain",
    "year_without_calendar",
]

LONGEST_LIST = 60  # rows of one table of the set-up

# The cards of the set-up page in their order.
CARDS = {
    "basics": gettext_lazy("Name and hosts"),
    "calendar": gettext_lazy("Calendar"),
    "money": gettext_lazy("Money"),
    "scope": gettext_lazy("Categories and places"),
    "eligibility": gettext_lazy("Who may apply"),
    "sections": gettext_lazy("Sections of the form"),
    "questions": gettext_lazy("Extra questions"),
    "papers": gettext_lazy("Papers and stamp"),
    "checklist": gettext_lazy("Screening checklist"),
    "rubric": gettext_lazy("Rubric and marks"),
    "tranches": gettext_lazy("Tranches"),
}
# What is true of a card when nothing is open in it: the labels of the gates.
STATEMENTS = {
    "basics": gettext_lazy("Name and hosts are filled in"),
    "calendar": gettext_lazy("The calendar holds together"),
    "money": gettext_lazy("Budget, cap and limits fit together"),
    "scope": gettext_lazy("There are categories"),
    "eligibility": gettext_lazy("The rules on who may apply are whole"),
    "sections": gettext_lazy("The sections of the form are in order"),
    "questions": gettext_lazy("The extra questions can be asked"),
    "papers": gettext_lazy("The papers can be attached"),
    "checklist": gettext_lazy("There is a checklist for the screening"),
    "rubric": gettext_lazy("The weights of the rubric add up to 100"),
    "tranches": gettext_lazy("The tranches add up to 100 %"),
}
# Read together, so that a list of rounds costs the same for one and for many.
PARTS = (
    "categories", "budget_rules", "eligibility_rules", "form_sections__questions", "attachment_rules", "check_items",
    "rubric", "tranche_rules",
)  # fmt: skip


_CHECKS: dict[str, Callable[[Round], Iterable[str]]] = {
    "basics": rules.basics,
    "calendar": rules.calendar,
    "money": rules.money,
    "scope": rules.scope,
    "eligibility": form.eligibility,
    "sections": form.sections,
    "questions": form.questions,
    "papers": form.papers,
    "checklist": rules.checklist,
    "rubric": rules.rubric,
    "tranches": rules.tranches,
}


def open_points(round_: Round, card: str) -> list[str]:
    """Sentences about what a card still lacks, quoting rule and number; [] when it is complete."""
    return list(_CHECKS[card](round_))


def all_points(round_: Round) -> dict[str, list[str]]:
    """The same for every card, in the order of the page."""
    return {card: open_points(round_, card) for card in CARDS}
