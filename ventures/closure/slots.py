"""Where the ends of a venture are worked on."""

from django.utils.translation import gettext_lazy as _

from ventures.states import State
from ventures.work import further_page, work_page

work_page(
    State.SHOWN, "desk_venture_closure", _("Closure checklist"), may="ventures.read_desk",
    task=_("To close"), listed="desk_closures",
)  # fmt: skip
work_page(
    State.TERMINATING, "desk_venture_termination", _("Settle the termination"), may="ventures.read_desk",
    task=_("Terminations to settle"), listed="desk_closures",
)  # fmt: skip
further_page(
    [State.ON_NOTICE, State.AWARDED], "desk_venture_give_up", _("Award given up…"), may="ventures.award",
    kind="outline-danger",
)  # fmt: skip
