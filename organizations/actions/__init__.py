"""What can be done with organizations: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from organizations.actions.importing import check_again, store_import, take_in
from organizations.actions.incubation import enter_platform, graduate
from organizations.actions.records import check, correct, enter, strike
from organizations.actions.register import (
    agree_to_host,
    ask_host,
    decline_to_host,
    edit,
    register,
    register_group,
)
from organizations.actions.verification import reject, verify

__all__ = [
    "agree_to_host",
    "ask_host",
    "check",
    "check_again",
    "correct",
    "decline_to_host",
    "edit",
    "enter",
    "enter_platform",
    "graduate",
    "register",
    "register_group",
    "reject",
    "store_import",
    "strike",
    "take_in",
    "verify",
]
