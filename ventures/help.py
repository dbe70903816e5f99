"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "apply_home",
    here=_("Your ventures, what waits for you, and calls that are open."),
)
page_help(
    "apply_start",
    here=_("Begin an application: for which organization, under which title."),
    then=_("Fill in the steps in any order; everything is saved by itself."),
)
page_help(
    "apply_form",
    "apply_step",
    here=_("One section of the application; what you type is saved by itself."),
    then=_("The last step shows what is still open, and there you submit."),
    final=_("After the deadline nothing is accepted."),
)
page_help(
    "apply_copy",
    "desk_enter",
    here=_("Take over an earlier application, or enter one from paper."),
    then=_("Look through every section before it is submitted."),
    final=_("Who enters an application takes no decision on it."),
)
page_help(
    "apply_print",
    "apply_receipt",
    "apply_compare",
    here=_("The application as it was handed in: print it, compare versions."),
    final=_("A version that was handed in is never changed."),
)
page_help(
    "apply_venture",
    here=_("One venture: where it stands, what comes next, messages with the office."),
    then=_("What is your part stands on top with its due day."),
)
page_help(
    "desk_venture",
    here=_("One venture: where it stands, who has it, everything that was done."),
    then=_("Buttons show what you may do now; what is missing is said."),
)
page_help(
    "desk_home",
    here=_("What waits, for you first, the oldest on top; what is late."),
)
page_help(
    "desk_ventures",
    here=_("All ventures you may see: search, filter by round, state and due day."),
    then=_("Tick some to remind who has them."),
)
page_help(
    "desk_rounds",
    "desk_round",
    here=_("Rounds and how far each is; buttons carry a round from call to closure."),
    then=_("Each step says what it still waits for."),
    final=_("A step of a round can not be taken back."),
)
page_help(
    "desk_round_preview",
    "desk_round_preview_public",
    here=_("The round as applicants and the public will see it."),
)
page_help(
    "desk_screening",
    "desk_screening_venture",
    here=_("Check an application line by line; most lines are answered with evidence."),
    then=_("Accept it, return it for correction, or refuse it with the reason."),
    final=_("A refusal is final; corrections are limited by the round."),
)
page_help(
    "desk_receipt",
    "desk_compare",
    here=_("What was handed in, and what a correction has changed."),
)
page_help(
    "desk_notices",
    "desk_notice",
    here=_("Public notices, their objections, and the award at the end."),
    then=_("Award when the notice is over and no objection is open."),
)
page_help(
    "desk_round_notice",
    here=_("The notice before it is published."),
    then=_("Everybody can read it at once and object until its last day."),
    final=_("A published notice can not be taken back."),
)
page_help(
    "desk_objection",
    "desk_notice_objections",
    here=_("Objections: admit them, inquire, rule in writing."),
    then=_("While one is open the venture is not awarded."),
    final=_("A ruling is final and is published without names."),
)
page_help(
    "desk_closures",
    "desk_venture_closure",
    here=_("Conditions of the closure, each met or with what is missing."),
    then=_("Confirm the closure when all are met."),
    final=_("A closed venture does not change any more."),
)
page_help(
    "desk_venture_termination",
    here=_("End a venture before its time, and settle its money."),
    then=_("What was paid and not rightly spent is recovered."),
    final=_("A termination can not be undone."),
)
page_help(
    "desk_venture_give_up",
    here=_("An award that is given up before an agreement is signed."),
    then=_("Its place and money are free for a reserve."),
    final=_("It can not be undone."),
)
