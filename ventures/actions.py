"""What can be done with ventures in this room: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from ventures.application.actions import (
    attach,
    bind_stamp,
    copy_from,
    declare,
    detach,
    lapse_drafts,
    resubmit,
    save_draft,
    start,
    submit,
    withdraw,
)
from ventures.closure.actions import close, give_up, settle, terminate, waive_showcase
from ventures.desk.actions import remind
from ventures.notices.actions import (
    admit_objection,
    award,
    dismiss_objection,
    file_objection,
    publish,
    refuse_objections,
    uphold_objection,
)
from ventures.screening.actions import accept, accept_many, answer_check, refuse, remark, return_for_correction
from ventures.screening.deadlines import refuse_overdue

__all__ = [
    "accept",
    "accept_many",
    "admit_objection",
    "answer_check",
    "attach",
    "award",
    "bind_stamp",
    "close",
    "copy_from",
    "declare",
    "detach",
    "dismiss_objection",
    "file_objection",
    "give_up",
    "lapse_drafts",
    "publish",
    "refuse",
    "refuse_objections",
    "refuse_overdue",
    "remark",
    "remind",
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
