"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "desk_round_setup",
    "desk_round_card",
    here=_("What the round decides, card by card: calendar, money, eligibility, form, rubric, tranches."),
    then=_("When every card is complete the call can be opened."),
    final=_("Once the call is open the rules are frozen; only an amendment changes them."),
)
page_help(
    "desk_round_new",
    "desk_series_new",
    "desk_round_copy",
    "desk_round_template_new",
    here=_("Begin a round: from nothing, or as a copy of an earlier one."),
    then=_("Set it up card by card; nobody outside sees it yet."),
)
page_help(
    "desk_round_questions",
    "desk_round_question",
    "desk_round_question_new",
    here=_("Questions of your own in the application."),
    then=_("Look at the preview as an applicant sees it."),
)
page_help(
    "desk_round_amend",
    here=_("Change an open round, with the reason."),
    then=_("Everybody who applies is told, and it stands on the round's page."),
    final=_("An amendment can not be taken back."),
)
page_help(
    "desk_round_templates",
    "desk_round_template_save",
    here=_("Rules of rounds that were really run, and those that this office has kept."),
    then=_("Make a round from one, and change what differs; its days are yours to set."),
)
