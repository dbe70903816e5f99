"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "review_home",
    here=_("What you have to score, until when, and what is done."),
    then=_("Declare conflicts before you open a venture."),
)
page_help(
    "review_score",
    here=_("Read the venture and give points for each criterion; what you type is saved."),
    then=_("Submit the sheet when it is complete."),
    final=_("A submitted score is locked; only the office can unlock it."),
)
page_help(
    "desk_reviews",
    here=_("Rounds in or near review, and how far the scoring is."),
)
page_help(
    "desk_panel",
    here=_("Seat the panel, note recusals, follow the scores."),
    then=_("Begin the review when the panel is complete."),
    final=_("Once the review has begun the panel is fixed."),
)
page_help(
    "desk_recuse",
    here=_("Note that an expert has a conflict with a venture."),
    then=_("The venture is closed to that expert, and a score counts no more."),
    final=_("A recusal can not be taken back."),
)
page_help(
    "desk_ranking",
    here=_("Ranking by score, with the line where the money or the places end."),
    then=_("Confirm the selection, then put it on public notice."),
    final=_("The selection is made once; afterwards only reserves move up."),
)
page_help(
    "desk_venture_promote",
    here=_("Let the first reserve move up when money and a place have become free."),
    then=_("It needs a public notice of its own."),
)
