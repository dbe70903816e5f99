"""A series, a round from nothing, and the end of a round that never opened."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from common.clock import today
from common.deadlines import start_of
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.gates import unmet_of
from common.models import record
from common.money import ZERO
from common.text import clean, half_width
from organizations.models import Platform
from rounds.actions.preparing import locked
from rounds.cards.basics import title_is_free
from rounds.cards.table import check_fields
from rounds.models import BudgetHead, GradeBand, Round, Series
from rounds.models.budget import usual_heads
from rounds.models.grades import usual_bands

UNTIL_THE_CALL, CALL = timedelta(days=14), timedelta(days=30)
OFFICE_OPENS = time(9)


@transaction.atomic
def create_series(*, by: Any, code: str, name: str) -> Series:
    """A programme that will come round after round. The code is the prefix of venture numbers (HC2020-001)."""
    if not by.has_perm("rounds.set_up"):
        raise NotAllowed
    series = Series(code=half_width(code), name=clean(name))
    check_fields(series)
    for field in ("code", "name"):
        if Series.objects.filter(**{f"{field}__iexact": getattr(series, field)}).exists():
            raise Invalid({field: [_("“%(value)s” is there already.") % {"value": getattr(series, field)}]})
    if not (series.code.isascii() and series.code.isalpha()):
        raise Invalid({"code": [_("One to four letters A–Z; venture numbers begin with them.")]})
    series.save()
    record(series, "create_series", by=by, note=series.name)
    return series


@transaction.atomic
def create_round(
    *, by: Any, series: Series, city: str, platform: Platform, host: str, edition: int | None = None
) -> Round:
    """An empty round in preparation: the edition after the last, a call of thirty days proposed from two weeks ahead."""
    if not by.has_perm("rounds.set_up"):
        raise NotAllowed
    opens_on = today() + UNTIL_THE_CALL
    round_ = Round(
        series=series,
        edition=free_edition(series, edition),
        year=opens_on.year,
        city=clean(city),
        platform=platform,
        host=clean(host),
        opens_at=make_aware(datetime.combine(opens_on, OFFICE_OPENS)),
        closes_at=start_of(opens_on + CALL),
        days_to_check=True,
        budget=ZERO,
        cap=ZERO,
        quota=0,
    )
    check_fields(round_, exclude=("state",))
    title_is_free(round_)
    round_.save()
    BudgetHead.objects.bulk_create(usual_heads(round_))
    GradeBand.objects.bulk_create(usual_bands(round_))
    record(round_, "create_round", by=by)
    return round_


def free_edition(series: Series, wanted: int | None) -> int:
    """The edition after the last, or the one that is wanted. Of two who ask at once the second waits here.

    Raises Invalid when the wanted one is there.
    """
    row = Series.objects.select_for_update().get(pk=series.pk)
    if wanted is None:
        return (row.rounds.aggregate(last=Max("edition"))["last"] or 0) + 1
    if there := row.rounds.filter(edition=wanted).first():
        raise Invalid({"edition": [_("%(round)s is there already.") % {"round": there.name}]})
    return wanted


@transaction.atomic
def delete_round(round: Round, *, by: Any) -> None:
    """A round in preparation that nothing hangs on. The journal keeps that it was there."""
    row = locked(round, by=by)
    if reasons := unmet_of(row, "delete"):
        raise Conflict(" ".join(reasons))
    record(row, "delete_round", by=by, note=row.title)
    try:
        row.delete()
    except ProtectedError:
        raise Conflict(_("Other things hang on %(round)s; it can not be deleted.") % {"round": row}) from None
