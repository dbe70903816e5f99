from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.identification.check import Identification, Problem

if TYPE_CHECKING:
    from organizations.models import Organization


class CreditCode(Identification):
    """统一社会信用代码 (GB 32100-2015); check digit and alphabet are those of the field."""

    slug, place = "credit_code", 10
    label = gettext_lazy("Unified social credit code")

    def problems(self, organization: "Organization") -> Iterable[Problem]:
        if not organization.credit_code:
            yield "credit_code", _("Please enter the unified social credit code.")

    def told(self, organization: "Organization") -> str:
        return organization.credit_code


KIND = CreditCode()
