"""Where a plan stops, in a sentence: the step, the tranche, the numbers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import yuan
from common.text import plain
from rounds.money_plan.model import Event, Plan
from rounds.money_plan.walking import Failure, Why

EVENTS: Mapping[Event, Any] = {
    Event.SIGNING: gettext_lazy("the agreement is signed"),
    Event.BEGINNING: gettext_lazy("delivery begins"),
    Event.MID_TERM: gettext_lazy("the mid-term is passed"),
    Event.FINAL: gettext_lazy("the final evaluation is passed"),
    Event.AUDIT: gettext_lazy("the accounts are audited"),
    Event.SHOWING: gettext_lazy("the closure begins"),
    Event.CLOSING: gettext_lazy("the venture is closed"),
}
SENTENCES: Mapping[Why, Any] = {
    Why.SHARES: gettext_lazy("The tranches add up to %(number)s %%, not 100 %%."),
    Why.TWO_SIZES: gettext_lazy("“%(tranche)s” has a share and an amount, %(yuan)s 元; say one of them."),
    Why.NO_SIZE: gettext_lazy("Say a share or an amount of “%(tranche)s”; only the last tranche may be what remains."),
    Why.NOT_THE_REST: gettext_lazy(
        "“%(tranche)s” comes last and there are fixed amounts: leave its size empty, it is what remains."
    ),
    Why.NOTHING: gettext_lazy(
        "“%(tranche)s”: of the smallest grant, %(least)s 元, %(yuan)s 元 are paid before it and nothing would be paid."
    ),
    Why.NO_DAY: gettext_lazy("Say from which day on “%(tranche)s” is paid."),
    Why.NO_SUCH_DAY: gettext_lazy("“%(tranche)s” has a day, %(day)s, but waits for something else: clear one of them."),
    Why.TOO_EARLY: gettext_lazy(
        "“%(tranche)s” would be paid from %(day)s on, but the call runs until %(last)s: no agreement is signed by then."
    ),
    Why.BACKWARDS: gettext_lazy("“%(tranche)s” would be due before “%(other)s”, which stands above it."),
    Why.NEVER: gettext_lazy("“%(tranche)s” waits for the mid-term, but this round has none: it never comes."),
}


def sentence(failure: Failure, plan: Plan) -> str:
    """With the step at which the plan stops, where it has begun."""
    said = {
        "tranche": plan.tranches[failure.nth].label if failure.nth is not None else "",
        "other": plan.tranches[failure.other].label if failure.other is not None else "",
        "number": plain(failure.number) if failure.number else 0,
        "yuan": yuan(failure.number),
        "least": yuan(plan.least),
        "day": failure.day,
        "last": plan.signed_after,
    }
    told = str(SENTENCES[failure.why]) % said
    if failure.event is None:
        return told
    return _("The plan stops when %(step)s: %(why)s") % {"step": EVENTS[failure.event], "why": told}
