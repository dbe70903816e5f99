"""Setting up a round: make it or copy it, fill its cards, write its questions; once it is open, amend it."""

from rounds.actions.amending import amend
from rounds.actions.cards import save_card
from rounds.actions.copying import copy_round, next_title, next_window
from rounds.actions.making import create_round, create_series, delete_round
from rounds.actions.questions import add_question, change_question, move_question, remove_question
from rounds.actions.templates import create_from_template, delete_template, save_as_template

__all__ = [
    "add_question",
    "amend",
    "change_question",
    "copy_round",
    "create_from_template",
    "create_round",
    "create_series",
    "delete_round",
    "delete_template",
    "move_question",
    "next_title",
    "next_window",
    "remove_question",
    "save_as_template",
    "save_card",
]
