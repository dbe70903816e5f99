from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.identification.check import Identification, Problem
from organizations.identification.numbers import problems_of_number

if TYPE_CHECKING:
    from organizations.models import Organization


class RecordNumber(Identification):
    """By the document that approved it: a party organization has no credit code."""

    slug, place = "record_number", 30
    label = gettext_lazy("Number of the record or of the approval")

    def problems(self, organization: "Organization") -> Iterable[Problem]:
        if not organization.record_number:
            yield "record_number", _("Please enter the number of the document that approved it.")
        else:
            yield from problems_of_number(organization.record_number)

    def told(self, organization: "Organization") -> str:
        return organization.record_number


KIND = RecordNumber()
