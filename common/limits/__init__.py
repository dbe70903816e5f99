"""Work has a budget, per person and per address. Each limit stands once: common ones in `common.limits.of_the_site`, those of a
room in its `limits.py` (of accounts: `throttle.py`). All of them, with what the refused one reads: docs/limits.md.

    REMARKS = declared(Rate("remarks", "messages of an applicant", per=("account",), most=60, minutes=60, refusal=_("…")))
    take(REMARKS, account=by.pk)                          # raises TooMany, which is a page of 429 with Retry-After

Three kinds, one way to ask: a `Rate` is counted over time, a `Stock` is what is there now, `AtOnce` is what is under way
(`with held(…)`). A `Bound` is kept by whoever does the work (the server, the process that looks through files) and stands
here to be read.
"""

from common.limits.kinds import AtOnce, Bound, Limit, Rate, Stock, declared, limits
from common.limits.taking import forget, give_back, held, take

__all__ = [
    "AtOnce",
    "Bound",
    "Limit",
    "Rate",
    "Stock",
    "declared",
    "forget",
    "give_back",
    "held",
    "limits",
    "take",
]
