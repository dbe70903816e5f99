"""What everybody may ask: rounds, notices, results. No phones, no single scores, nothing before it is on notice."""

import re
from dataclasses import dataclass
from decimal import Decimal
from hmac import compare_digest
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from common.clock import today
from common.money import ZERO, total
from common.normal_forms import code, phone
from common.search import matching
from rounds.models import Round
from rounds.queries import MOST_SHOWN, public_rounds
from rounds.states import RoundState, since
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.search_index import KIND
from ventures.states import AWARDED_STATES, FINAL_STATES, Group, State, in_group

RESULT_STATES = since(RoundState.IN_DELIVERY)
# Of an awarded venture everybody is told how it ends; until then that it is in delivery.
TOLD_STATES = FINAL_STATES | in_group(Group.TERMINATION)
PAGE = 20
RECEIPT_NUMBER = re.compile(r"^(?:YY)?(\d{8})(\d{4,9})$")
# A subquery a row rather than a join: only the rows of the page are counted.
LINES = Coalesce(
    Subquery(
        NoticeLine.objects.filter(notice=OuterRef("pk")).order_by().values("notice").annotate(n=Count("pk")).values("n")
    ),
    0,
)


@dataclass(frozen=True)
class Figures:
    """A round in one line. Everything is counted from ventures, nothing is typed."""

    ventures: int
    closed: int
    organizations: int
    awarded: Decimal


def running_notices() -> list[Notice]:
    """Notices that run today, with the number of ventures. One query."""
    day = today()
    return list(
        Notice.objects.filter(opens_on__lte=day, closes_on__gte=day)
        .select_related("round__series")
        .annotate(ventures=LINES)
        .order_by("closes_on")[:MOST_SHOWN]
    )


def last_finished() -> tuple[Round, Figures] | None:
    """The round that was completed last, with its figures. Two queries (one when there is none)."""
    round_ = public_rounds().filter(state=RoundState.CLOSED).order_by("-closes_at").first()
    return (round_, figures_of(round_)) if round_ else None


def figures_of(round_: Round) -> Figures:
    """One query."""
    ventures = Venture.objects.filter(round=round_, state__in=AWARDED_STATES).aggregate(
        ventures=Count("pk"),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        organizations=Count("organization", distinct=True),
        awarded=total("awarded"),
    )
    return Figures(
        ventures=ventures["ventures"],
        closed=ventures["closed"],
        organizations=ventures["organizations"],
        awarded=ventures["awarded"] or ZERO,
    )


def results_of(round_: Round) -> list[Venture]:
    """Awarded ventures of a round in delivery or finished; [] before."""
    if round_.state not in RESULT_STATES:
        return []
    rows = Venture.objects.filter(round=round_, state__in=AWARDED_STATES)
    return list(rows.select_related("organization", "place", "category").order_by("number"))


def notices() -> QuerySet[Notice]:
    """Notices with the number of their ventures. One query a page."""
    return Notice.objects.select_related("round__series").annotate(ventures=LINES)


def noticed(query: str, before: int | None = None) -> tuple[list[NoticeLine], int | None]:
    """What was ever on a public notice and contains the words, newest first, each where it was published last; and
    the `before` of the next page. Six queries at most. What is not published yet is not looked at."""
    on_notice = Venture.objects.filter(Exists(NoticeLine.objects.filter(venture=OuterRef("pk"))))
    found = matching(on_notice, KIND, query, before)
    keys = found.keys[:PAGE]
    last = NoticeLine.objects.filter(venture=OuterRef("venture")).order_by("-pk").values("pk")[:1]
    lines = NoticeLine.objects.filter(venture__in=keys, pk=Subquery(last))
    rows = list(lines.select_related("venture__organization", "notice__round").order_by("-venture"))
    return rows, keys[-1] if len(found.keys) > PAGE else found.rest


def lines_of(notice: Notice) -> list[Any]:
    return list(notice.lines.select_related("venture__organization", "venture__category").order_by("ordinal"))


def rulings_of(of: Notice | Venture) -> list[Objection]:
    """Objections that were ruled on. Who objected is never shown."""
    ruled = of.objections.filter(state__in=[Objection.State.DISMISSED, Objection.State.UPHELD])
    return list(ruled.select_related("venture").order_by("ruled_at"))


# --- Receipts of objections: whoever has the address sees what became of it --------------------------------------------

_signer = Signer(salt="ventures.objection")


def objection_of(number: str, contact: str) -> Objection | None:
    """The objection with this receipt number, if `contact` is the one that was given; both however they are written."""
    found = RECEIPT_NUMBER.search(code(number))
    objection = Objection.objects.filter(pk=int(found[2])).first() if found else None
    if objection is None or found is None or f"{localtime(objection.filed_at):%Y%m%d}" != found[1]:
        return None
    return objection if compare_digest(_contact(objection.contact), _contact(contact)) else None


def _contact(given: str) -> bytes:
    """A phone, a mail address or a place, without what people write in one way or the other."""
    return re.sub(r"[\W_]", "", phone(given)).casefold().encode()


def public_ventures() -> QuerySet[Venture]:
    """Ventures of which everybody reads already: they were on a public notice, or are among the results of a round."""
    on_notice = Q(Exists(NoticeLine.objects.filter(venture=OuterRef("pk"))))
    results = Q(state__in=AWARDED_STATES, round__state__in=RESULT_STATES)
    return Venture.objects.filter(on_notice | results).select_related(
        "round__series", "organization", "category", "place"
    )


def receipt_of(objection: Objection) -> str:
    return _signer.sign(str(objection.pk))


def objection_by(receipt: str) -> Objection | None:
    try:
        pk = int(_signer.unsign(receipt))
    except (BadSignature, ValueError):
        return None
    return Objection.objects.select_related("notice__round", "venture").filter(pk=pk).first()
