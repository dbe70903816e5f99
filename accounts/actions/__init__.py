"""What can be done with accounts: one function per verb, `by=` the actor."""

from accounts.actions.messages import read_all
from accounts.actions.own import edit_account, end_guide
from accounts.actions.passwords import account_of, ask_for_reset, change_password, reset_password, use_link
from accounts.actions.people import (
    change_role,
    deactivate,
    invite,
    issue_link,
    reactivate,
    reset_factor,
)
from accounts.actions.registering import log_in, register
from accounts.actions.reminding import remind_of
from accounts.actions.second_factor import (
    remove_factor,
    renew_codes,
    set_up_factor,
    verify_factor,
)

__all__ = [
    "account_of",
    "ask_for_reset",
    "change_password",
    "change_role",
    "deactivate",
    "edit_account",
    "end_guide",
    "invite",
    "issue_link",
    "log_in",
    "reactivate",
    "read_all",
    "register",
    "remind_of",
    "remove_factor",
    "renew_codes",
    "reset_factor",
    "reset_password",
    "set_up_factor",
    "use_link",
    "verify_factor",
]
