"""What applicants can do with an application."""

from ventures.application.actions.applying import declare, lapse_drafts, resubmit, start, submit, withdraw
from ventures.application.actions.copying import copy_from
from ventures.application.actions.drafts import save_draft
from ventures.application.actions.papers import attach, bind_stamp, detach

__all__ = [
    "attach",
    "bind_stamp",
    "copy_from",
    "declare",
    "detach",
    "lapse_drafts",
    "resubmit",
    "save_draft",
    "start",
    "submit",
    "withdraw",
]
