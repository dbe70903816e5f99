"""The round itself: names, days, money, lists."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from common.clock import now
from common.deadlines import last_day_of
from common.errors import Invalid
from common.money import CENT, to_cents, yuan
from common.work_calendar.working_days import is_built_in, last_of_working_days
from organizations.models import Tier
from rounds.models.round import Round, TrancheRule


def basics(round_: Round) -> Iterable[str]:
    if not round_.host.strip():
        yield _("Name the host (主办).")
    if not round_.city.strip():
        yield _("Name the city; it stands before the name of the round.")
    if round_.platform.tier != Tier.CITY:
        yield _("“%(platform)s” is not a platform of the city tier.") % {"platform": round_.platform}


def calendar(round_: Round) -> Iterable[str]:
    if round_.days_to_check:
        yield _("These days were proposed by the system. Check them and save this card.")
    if round_.closes_at <= now():
        yield _("The call would be over already: its last day is %(day)s.") % {"day": last_day(round_)}
    if round_.max_corrections and not round_.correction_days:
        yield _("Corrections are allowed, but with 0 working days nobody can make one.")
    if not round_.notice_days:
        yield _("The public notice needs at least 1 working day.")
    if sentence := year_without_calendar(last_day(round_), round_.correction_days):
        yield sentence


def last_day(round_: Round) -> date:
    """The last day of the call."""
    return last_day_of(round_.closes_at)


def year_without_calendar(first: date, days: int) -> str | None:
    """A sentence when the working days after `first` fall into a year that nobody has entered."""
    if all(is_built_in(year) for year in {first.year, (first + timedelta(days=days * 3 + 30)).year}):
        return None  # asks the table only for a year that the package does not know
    try:
        last_of_working_days(first, days)
    except Invalid as e:
        return str(e)
    return None


def money(round_: Round) -> Iterable[str]:
    if not round_.budget:
        yield _("The budget of the round is not set.")
    if not round_.cap:
        yield _("The cap per venture is not set.")
    if not round_.quota:
        yield _("Say how many ventures there may be at most.")
    if not round_.max_per_organization:
        yield _("An organization must be allowed at least 1 venture.")
    if round_.budget and round_.cap > round_.budget:
        yield _("The cap per venture, %(cap)s 元, is more than the budget of the round, %(budget)s 元.") % {
            "cap": yuan(round_.cap),
            "budget": yuan(round_.budget),
        }
    if round_.cap and round_.min_grant > round_.cap:
        yield _("The smallest grant, %(least)s 元, is more than the cap per venture, %(cap)s 元.") % {
            "least": yuan(round_.min_grant),
            "cap": yuan(round_.cap),
        }
    if round_.min_self_raised >= 100:
        yield _("With a self-raised share of 100%% nothing is left for a grant.") % {}
    for amount in round_.tiers:
        if not round_.min_grant <= amount <= round_.cap:
            yield _(
                "The tier %(tier)s 元 is not between the smallest grant, %(least)s 元, and the cap, %(cap)s 元."
            ) % {
                "tier": yuan(amount),
                "least": yuan(round_.min_grant),
                "cap": yuan(round_.cap),
            }


def scope(round_: Round) -> Iterable[str]:
    if not round_.categories.all():
        yield _("There is no category yet; an applicant has to choose one.")


def checklist(round_: Round) -> Iterable[str]:
    if not round_.check_items.all():
        yield _("The checklist has no line yet; the screening works it off line by line.")


def rubric(round_: Round) -> Iterable[str]:
    total = sum(item.weight for item in round_.rubric.all())
    if total != 100:
        yield _("The weights add up to %(n)s, not 100.") % {"n": total}
    if not round_.min_scores:
        yield _("At least 1 valid score is needed for a result.")
    if round_.trim_from < 3:
        yield _("The highest and the lowest can be dropped from 3 scores on, not from %(n)s.") % {"n": round_.trim_from}
    if not round_.excellent_from > round_.good_from > round_.final_pass_mark:
        yield _("The marks must fall: 优秀 %(excellent)s, 良好 %(good)s, 合格 %(fair)s.") % {
            "excellent": plain(round_.excellent_from),
            "good": plain(round_.good_from),
            "fair": plain(round_.final_pass_mark),
        }


def tranches(round_: Round) -> Iterable[str]:
    rules = list(round_.tranche_rules.all())
    total = sum((rule.percent for rule in rules), Decimal(0))
    if total != 100:
        yield _("The tranches add up to %(n)s %%, not 100 %%.") % {"n": plain(total) if total else 0}
    order = list(TrancheRule.Trigger)
    for before, after in pairwise(rules):
        if order.index(TrancheRule.Trigger(after.trigger)) < order.index(TrancheRule.Trigger(before.trigger)):
            yield _("“%(after)s” would be due before “%(before)s”, which stands above it.") % {
                "after": after.label,
                "before": before.label,
            }
    for rule in rules:
        if to_cents(round_.min_grant * rule.percent / 100) < CENT:
            yield _("“%(tranche)s” is %(percent)s%%: of the smallest grant, %(least)s 元, nothing would be paid.") % {
                "tranche": rule.label,
                "percent": plain(rule.percent),
                "least": yuan(round_.min_grant),
            }


def plain(number: Decimal) -> str:
    """10.00 → 10, 12.50 → 12.5."""
    return f"{number.normalize():f}"
