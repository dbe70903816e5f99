"""Copy a round: everything that its rules say, with the days of a later year."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from common.deadlines import last_day_of, moved_to
from common.errors import Invalid, NotAllowed
from common.models import record
from common.text import clean
from rounds.actions.making import free_edition
from rounds.cards import CARDS
from rounds.cards.basics import title_is_free
from rounds.cards.days import working_day_later, years_until_ahead
from rounds.models import Round
from rounds.round_format.layout import OF_ONE_ROUND


@transaction.atomic
def copy_round(
    source: Round,
    *,
    by: Any,
    edition: int | None = None,
    own_title: str | None = None,
    is_demo: bool | None = None,
) -> Round:
    """The next edition of the same series, in preparation: rules, lists, form and questions as in `source`, the days
    of the call moved by whole years to working days ahead and marked to be checked.

    `is_demo` None: as the source; `own_title` None: that of the source with its edition and year put on. Raises Invalid
    when the edition is there, or the title.
    """
    if not by.has_perm("rounds.set_up"):
        raise NotAllowed
    facts = {f.attname: getattr(source, f.attname) for f in Round._meta.concrete_fields if f.name not in OF_ONE_ROUND}
    opens_at, closes_at = next_window(source)
    edition, year = free_edition(source.series, edition), localtime(opens_at).year
    new = Round(
        **facts,
        edition=edition,
        year=year,
        own_title=source.title_after(edition, year) if own_title is None else clean(own_title),
        opens_at=opens_at,
        closes_at=closes_at,
        days_to_check=True,
        copied_from=source,
        is_demo=source.is_demo if is_demo is None else is_demo,
    )
    _title_is_free(new)
    new.save()
    new.places.set(source.places.all())
    for card in CARDS.values():
        card.copy(source, new)
    record(new, "copy_round", by=by, source=source)
    return new


def next_title(source: Round, edition: int) -> str:
    """The title of its own that is proposed for a copy; "" when the source has none, or one that says neither edition
    nor year."""
    return source.title_after(edition, localtime(next_window(source)[0]).year)


def _title_is_free(new: Round) -> None:
    """What only a title of its own can put right is told there."""
    try:
        title_is_free(new)
    except Invalid as e:
        raise Invalid({"own_title": [sentence for said in e.fields.values() for sentence in said]}) from None


def next_window(source: Round) -> tuple[datetime, datetime]:
    """The call of `source` as many whole years later as it takes to lie ahead, beginning and ending on working days."""
    years = years_until_ahead(source)
    opens, last_day = localtime(source.opens_at), last_day_of(source.closes_at)
    first = working_day_later(opens.date(), years)
    last = max(working_day_later(last_day, years), first)
    return make_aware(datetime.combine(first, opens.time())), moved_to(source.closes_at, last)
