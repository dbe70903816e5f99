"""What organizations are found by."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from common import search
from organizations.models import Organization

KIND = "organizations.organization"


@search.searchable(KIND, number=2)
def search_terms() -> QuerySet[Organization, Any]:
    """Name, code and phone; a 备案 group has its host's code."""
    host = Coalesce("host__credit_code", Value(""))
    return Organization.objects.order_by().values_list("pk", "name", "credit_code", host, "phone")


@search.follows(KIND, KIND)
def of_hosts(pks: Sequence[int]) -> Iterable[int]:
    return Organization.objects.filter(host__in=pks).order_by().values_list("pk", flat=True)
