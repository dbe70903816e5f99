from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.clock import now
from common.deadlines import told
from common.errors import Invalid
from rounds.cards.amendable import CALL, UNTIL_NOTICE, UNTIL_REVIEW, Amendable, later, more
from rounds.cards.card import Card
from rounds.cards.days import last_day, year_without_calendar
from rounds.cards.phases import PHASES, backwards
from rounds.models import Round


def _later(round_: Round, old: Any, new: Any) -> str | None:
    """Later, and the working days after it are known."""
    return later(round_, old, new) or year_without_calendar(last_day(Round(closes_at=new)), round_.correction_days)


# By when the office acts; without a number no day is set.
OWN_DAYS = ("screening_days", "ruling_days", "signing_days", "payment_days")


class Calendar(Card):
    """When the call runs, and the days of what follows."""

    slug, place = "calendar", 20
    label = gettext_lazy("Calendar")
    statement = gettext_lazy("The calendar holds together")
    facts = ("opens_at", "closes_at", "correction_days", "max_corrections", "notice_days", "notice_day_kind", *OWN_DAYS)
    tables = (PHASES,)
    amendable = {
        "closes_at": Amendable(gettext_lazy("Call closes"), CALL, _later, gettext_lazy("Only later."), told),
        "correction_days": Amendable(
            gettext_lazy("Working days for a correction"), UNTIL_REVIEW, more, gettext_lazy("Only more.")
        ),
        "notice_days": Amendable(
            gettext_lazy("Days of public notice at least"), UNTIL_NOTICE, more, gettext_lazy("Only more.")
        ),
    }

    def check(self, round_: Round) -> Iterable[str]:
        if round_.days_to_check:
            yield _("These days were proposed by the system. Check them and save this card.")
        if round_.closes_at <= now():
            yield _("The call would be over already: its last day is %(day)s.") % {"day": last_day(round_)}
        if round_.max_corrections and not round_.correction_days:
            yield _("Corrections are allowed, but with 0 working days nobody can make one.")
        if not round_.notice_days:
            yield _("The public notice needs at least 1 day.")
        if sentence := year_without_calendar(last_day(round_), round_.correction_days):
            yield sentence
        # The call may have moved since they were typed.
        yield from (wrong[-1] for wrong in backwards(round_, list(round_.phases.all())))

    def advice(self, round_: Round) -> Iterable[str]:
        opens_on = localdate(round_.opens_at)
        days = (last_day(round_) - opens_on).days + 1
        if days < 20:
            yield ngettext(
                "The call lasts %(n)s day; 20 to 40 are usual.", "The call lasts %(n)s days; 20 to 40 are usual.", days
            ) % {"n": days}
        counting = round_.notice_counting
        if round_.notice_days < counting.usual:
            yield _("Public notices of at least %(days)s are usual.") % {"days": counting.told(counting.usual)}
        if not any(phase.starts_on for phase in round_.phases.all()):
            yield _("No phase after the call has its days yet; with them everybody sees what comes when.")
        if round_.year != opens_on.year:
            yield _("The round is of %(year)s, but the call opens in %(other)s.") % {
                "year": round_.year,
                "other": opens_on.year,
            }

    def settle(self, round_: Round) -> None:
        if round_.closes_at <= round_.opens_at:
            raise Invalid({"closes_on": [_("The call must end after it has opened.")]})
        round_.days_to_check = False


CARD = Calendar()
