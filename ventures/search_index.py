"""What ventures are found by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from common import search
from ventures.models import Venture
from ventures.states import NOT_HANDED_IN

KIND = "ventures.venture"


@search.searchable(KIND, number=1, whole="number")
def search_terms() -> QuerySet[Venture, Any]:
    """Number, title, and the organization's name and code (of a 备案 group its host's). A draft is its own organization's, which has them all on
    one page: it is filed with its first submission, or at once when staff enter it."""
    filed = Venture.objects.exclude(state__in=NOT_HANDED_IN, number="", entered_by=None)
    host = Coalesce("organization__host__credit_code", Value(""))
    return filed.order_by().values_list(
        "pk", "number", "title", "organization__name", "organization__credit_code", host
    )


@search.follows("organizations.organization", KIND)
def of_organizations(pks: Sequence[int]) -> Iterable[int]:
    return Venture.objects.filter(organization__in=pks).order_by().values_list("pk", flat=True)


def index_ventures(pks: Iterable[int]) -> None:
    """Bring the index up to date for these ventures. Called inside the transaction that changes them."""
    search.index_many(KIND, pks)


def index_venture(pk: int) -> None:
    search.index(KIND, pk)
