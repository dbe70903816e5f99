"""What can be done with rounds and ventures: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from ventures.actions.application import declare, lapse_drafts, resubmit, start, submit, withdraw
from ventures.actions.by_the_clock import refuse_overdue, remind_of_corrections
from ventures.actions.closure import close, settle, terminate, waive_showcase
from ventures.actions.copying import copy_from
from ventures.actions.delivery import (
    begin_delivery,
    fail_midterm,
    hand_in_final,
    hand_in_midterm,
    pass_final,
    pass_midterm,
    record_activity,
)
from ventures.actions.drafts import save_draft
from ventures.actions.notice import award, dismiss_objection, file_objection, hold, publish, uphold_objection
from ventures.actions.papers import attach, bind_stamp, detach
from ventures.actions.screening import accept, accept_many, answer_check, refuse, remark, return_for_correction

__all__ = [
    "accept",
    "accept_many",
    "answer_check",
    "attach",
    "award",
    "begin_delivery",
    "bind_stamp",
    "close",
    "copy_from",
    "declare",
    "detach",
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
    "remark",
    "remind_of_corrections",
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
