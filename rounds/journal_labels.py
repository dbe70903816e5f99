"""What the journal calls rounds and what is done with them."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_kind, name_verbs

name_kind("rounds.round", _("Round"), "desk_round")
name_kind("rounds.series", _("Series"))
name_kind("rounds.roundtemplate", _("Template of a round"))
name_verbs(
    create_series=_("Make a series"),
    create_round=_("Make a round"),
    copy_round=_("Copy a round"),
    create_from_template=_("Make a round from a template"),
    save_as_template=_("Save the round as a template"),
    delete_template=_("Remove a template"),
    set_up=_("Set up the round"),
    delete_round=_("Delete the round"),
    amend_round=_("Amend the round"),
)
