"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "apply_activities",
    here=_("Record each activity after it was held: counts only, no names of beneficiaries."),
    then=_("Mid-term and final report count from these records."),
    final=_("A record is corrected by a counter-entry; both stay."),
)
page_help(
    "apply_activity_reverse",
    here=_("Take back an activity that was recorded by mistake."),
    then=_("Then record it as it was."),
    final=_("The counter-entry stays."),
)
page_help(
    "apply_midterm",
    "apply_rectification",
    here=_("Hand in the mid-term report, or the report after a rectification."),
    then=_("The office assesses it; the tranche that waits for it follows when it passes."),
    final=_("It can not be changed once it is handed in."),
)
page_help(
    "apply_final",
    here=_("Hand in the final report: goals against results."),
    then=_("Final evaluation, showcase and closure follow, and what is still to be paid."),
    final=_("It can not be changed once it is handed in."),
)
page_help(
    "desk_delivery",
    here=_("Ventures between award and showcase: activities and attendance against the plan."),
    then=_("Open one to assess its report or to begin its delivery."),
)
page_help(
    "desk_venture_midterm",
    here=_("Assess the mid-term report against what was planned and recorded."),
    then=_("Passed: what waits for it can be paid. Not passed: rectification within working days."),
    final=_("The assessment goes to the applicant and stays."),
)
page_help(
    "desk_venture_final",
    here=_("Score the final report; the grade follows from the round's bands."),
    then=_("Passed: showcase, what is still to be paid, closure. Below the pass mark the venture is terminated."),
    final=_("The score can not be changed afterwards."),
)
page_help(
    "desk_venture_waiver",
    here=_("Excuse a venture from the showcase, with the reason."),
    then=_("It goes to closure at once."),
    final=_("A waiver can not be taken back."),
)
