"""What can be done with rounds and ventures: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from ventures.actions.application import lapse_drafts, resubmit, save_draft, start, submit, withdraw
from ventures.actions.closure import close, settle, terminate, waive_showcase
from ventures.actions.delivery import (
    begin_delivery,
    fail_midterm,
    hand_in_final,
    hand_in_midterm,
    pass_final,
    pass_midterm,
    record_activity,
)
from ventures.actions.notice import award, dismiss_objection, file_objection, hold, publish, uphold_objection
from ventures.actions.screening import accept, answer_check, refuse, refuse_overdue, return_for_correction

__all__ = [
    "accept",
    "answer_check",
    "award",
    "begin_delivery",
    "close",
    "dismiss_objection",
    "fail_midterm",
    "file_objection",
    "hand_in_final",
    "hand_in_midterm",
    "hold",
    "lapse_drafts",
    "pass_final",
    "pass_midterm",
    "publish",
    "record_activity",
    "refuse",
    "refuse_overdue",
    "resubmit",
    "return_for_correction",
    "save_draft",
    "settle",
    "start",
    "submit",
    "terminate",
    "uphold_objection",
    "waive_showcase",
    "withdraw",
]
