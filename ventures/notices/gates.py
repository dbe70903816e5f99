"""Conditions of the public notice."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.machine.gates import RemedyLink
from rounds.gates import gate as round_gate
from rounds.models import Round
from ventures.gates import gate
from ventures.models import Notice, Objection, Venture
from ventures.states import Group, State, waiting


@gate("award", label=gettext_lazy("The notice period is over"))
def notice_is_over(venture: Venture) -> Any:
    notice = Notice.objects.filter(lines__venture=venture).order_by("-pk").first()
    if notice is None:
        return _("There was no public notice yet.")
    return notice.is_over or _("The notice runs to %(end)s 24:00 (%(days)s); it cannot be ended before.") % {
        "end": notice.closes_on,
        "days": notice.days_told,
    }


@gate("award", "dismiss_objection", "give_up", label=gettext_lazy("No objection is open"))
def no_objection_is_open(venture: Venture) -> Any:
    n = venture.objections.filter(state__in=Objection.OPEN).count()
    return n == 0 or ngettext(
        "%(n)s objection is open; rule on it first.", "%(n)s objections are open; rule on them first.", n
    ) % {"n": n}


@round_gate(
    "begin_delivery",
    label=gettext_lazy("Nothing is on notice any more"),
    link=lambda _round: [RemedyLink(gettext_lazy("To the notices"), "desk_notices")],
)
def notice_is_settled(round_: Round) -> Any:
    n = round_.ventures.filter(state__in={State.PROPOSED} | waiting(Group.NOTICE)).count()
    return n == 0 or ngettext("%(n)s venture is still on notice.", "%(n)s ventures are still on notice.", n) % {"n": n}
