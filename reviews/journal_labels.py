"""What the journal calls this room's things and what is recorded of them."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_verbs(
    set_panel=_("Panel set"),
    recuse=_("Recusal noted"),
    submit_score=_("Score sheet handed in"),
    unlock=_("Score unlocked"),
    consolidate=_("Scores consolidated"),
)
name_kind("reviews.review", _("Score sheet"))
