"""What the journal of an event calls what is recorded."""

from django.utils.translation import gettext_lazy as _

from common.machine.journal_labels import name_verbs

name_verbs(
    plan=_("Event planned"),
    change=_("Event changed"),
    add_exhibit=_("Exhibit added"),
    remove_exhibit=_("Exhibit taken off"),
    receive_material=_("Material has come in"),
    announce=_("Event announced"),
    hold=_("Event held"),
    cancel=_("Event cancelled"),
)
