"""Setting up a round: make it or copy it, fill its cards, write its questions; once it is open, amend it."""

from ventures.actions.setup.amending import amend
from ventures.actions.setup.cards import save_card
from ventures.actions.setup.copying import copy_round, next_window
from ventures.actions.setup.making import create_round, create_series, delete_round
from ventures.actions.setup.questions import add_question, change_question, move_question, remove_question

__all__ = [
    "add_question",
    "amend",
    "change_question",
    "copy_round",
    "create_round",
    "create_series",
    "delete_round",
    "move_question",
    "next_window",
    "remove_question",
    "save_card",
]
