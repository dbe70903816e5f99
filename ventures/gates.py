"""Conditions of a venture that no subject of this room has for itself, and how a condition is hung on a venture."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.machine import gates
from common.money import yuan
from common.text import plain
from rounds.gates import gate as round_gate
from rounds.models import Round
from ventures.allotment import allotment_of
from ventures.models import Venture
from ventures.states import Group, waiting

gate = partial(gates.gate, of="ventures.Venture")


@gate("propose", label=gettext_lazy("The amount is within what was asked and the cap"))
def amount_is_within_limits(venture: Venture, amount: Decimal) -> Any:
    most = min(venture.requested, venture.round.cap)
    return 0 < amount <= most or _("%(amount)s 元 is not between 0.01 元 and %(most)s 元 (request and cap).") % {
        "amount": yuan(amount),
        "most": yuan(most),
    }


@gate("propose", label=gettext_lazy("The score reaches the pass mark"))
def score_reaches_the_pass_mark(venture: Venture, score: Decimal) -> Any:
    return score >= venture.round.pass_mark or _("The score %(score)s does not reach the pass mark %(mark)s.") % {
        "score": plain(score),
        "mark": plain(venture.round.pass_mark),
    }


@gate("propose", label=gettext_lazy("A place is free"))
def place_is_free(venture: Venture) -> Any:
    return allotment_of(venture.round).no_place() or True


@gate("propose", label=gettext_lazy("The money is there"))
def money_is_there(venture: Venture, amount: Decimal) -> Any:
    return allotment_of(venture.round).no_money(amount) or True


@round_gate("publish", label=gettext_lazy("The selection is made"))
def selection_is_made(round_: Round) -> Any:
    n = round_.ventures.filter(state__in=waiting(Group.REVIEW)).count()
    return n == 0 or ngettext("%(n)s venture is not placed yet.", "%(n)s ventures are not placed yet.", n) % {"n": n}


@round_gate("delete", label=gettext_lazy("No venture hangs on the round"))
def round_has_no_venture(round_: Round) -> Any:
    n = round_.ventures.count()
    return n == 0 or ngettext(
        "%(round)s has %(n)s venture; it can not be deleted.", "%(round)s has %(n)s ventures; it can not be deleted.", n
    ) % {"round": round_, "n": n}
