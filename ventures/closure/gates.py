"""Conditions of the ends."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from common.clock import today
from common.machine.gates import RemedyLink
from rounds.gates import gate as round_gate
from rounds.models import Round
from ventures.gates import gate
from ventures.models import Venture
from ventures.states import FINAL_STATES


@gate("waive_showcase", label=gettext_lazy("A reason is given"))
def reason_is_given(venture: Venture, reason: str) -> bool:
    return bool(reason.strip())


@gate("settle", label=gettext_lazy("The termination has a date"))
def settled_on_a_day(venture: Venture, on: date) -> bool:
    return on <= today()


@round_gate(
    "close",
    label=gettext_lazy("Every venture has come to its end"),
    link=lambda _round: [RemedyLink(gettext_lazy("To the closures"), "desk_closures")],
)
def every_venture_is_final(round_: Round) -> Any:
    n = round_.ventures.exclude(state__in=FINAL_STATES).count()
    return n == 0 or ngettext("%(n)s venture is not closed yet.", "%(n)s ventures are not closed yet.", n) % {"n": n}
