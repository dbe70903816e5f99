"""Why a venture is proposed, reserve, declined or tied, in a sentence with the names and numbers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import yuan
from reviews.selection.model import Of, Reason, Shortfall, Why

AMOUNTS = frozenset({"amount", "left", "least"})

TEXTS: Mapping[Why, Any] = {
    Why.ASKED: gettext_lazy("Gets %(amount)s 元, what it asked for."),
    Why.CAPPED: gettext_lazy("Gets %(amount)s 元, the cap of track “%(track)s”."),
    Why.PRIZE: gettext_lazy("Gets %(amount)s 元, the amount of rank %(rank)s in track “%(track)s”."),
    Why.CHOSEN: gettext_lazy("Gets %(amount)s 元, as the committee decided."),
    Why.NO_PLACE: gettext_lazy("Track “%(track)s” ends here: all of its places (%(places)s) are taken."),
    Why.NO_PRIZE: gettext_lazy("Track “%(track)s” ends here: all of its amounts by rank (%(places)s) are given."),
    Why.NO_POOL: gettext_lazy(
        "Track “%(track)s” ends here: its pool has %(left)s 元 left, this would take %(amount)s 元."
    ),
    Why.NO_BUDGET: gettext_lazy(
        "Its track ends here: the common budget has %(left)s 元 left, this would take %(amount)s 元."
    ),
    Why.NOT_TOGETHER: gettext_lazy(
        "Its track ends here: what the committee gives to the equals does not fit together."
    ),
    Why.NOT_CHOSEN: gettext_lazy("Of the equals with score %(score)s the committee chose others; its track ends here."),
    Why.ENDED: gettext_lazy("Track “%(track)s” ended before it, at “%(at)s”; nobody is passed over."),
    Why.CATEGORY: gettext_lazy("Category “%(name)s” is full, the most is %(places)s; its track goes on."),
    Why.TOWN: gettext_lazy("Town “%(name)s” is full, the most is %(places)s; its track goes on."),
    Why.ORGANIZATION: gettext_lazy(
        "Organization “%(name)s” has its number, the most is %(places)s; its track goes on."
    ),
    Why.BELOW_MARK: gettext_lazy("The score %(score)s does not reach the pass mark %(mark)s."),
    Why.BELOW_GRANT: gettext_lazy("It would get %(amount)s 元, less than the smallest grant of %(least)s 元."),
    Why.TIE: gettext_lazy(
        "%(n)s have score %(score)s, and not all of them can be given theirs. Let the committee decide."
    ),
    Why.TIE_AT_PRIZES: gettext_lazy(
        "%(n)s have score %(score)s, and the amounts by rank that are next differ. Let the committee decide."
    ),
    Why.TIE_OF_TRACKS: gettext_lazy(
        "%(n)s of several tracks have score %(score)s, and the common budget does not hold all of them."
        " Let the committee decide."
    ),
}

SHORT: Mapping[Of, Any] = {
    Of.TRACKS: gettext_lazy("Track “%(name)s” has %(taken)s of at least %(least)s places."),
    Of.CATEGORIES: gettext_lazy("Category “%(name)s” has %(taken)s of at least %(least)s places."),
    Of.TOWNS: gettext_lazy("Town “%(name)s” has %(taken)s of at least %(least)s places."),
}


def sentence(reason: Reason) -> str:
    return str(TEXTS[reason.why]) % {name: _said(name, value) for name, value in reason.said.items()}


def shortfall(short: Shortfall) -> str:
    return str(SHORT[short.of]) % {"name": short.id, "taken": short.taken, "least": short.least}


def not_offered(rule: str) -> str:
    return _("The rule “%(rule)s” is not offered yet.") % {"rule": rule}


def _said(name: str, value: Any) -> str:
    if name in AMOUNTS:
        return yuan(value)
    return f"{value:f}" if isinstance(value, Decimal) else f"{value}"
