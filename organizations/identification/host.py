from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.identification.check import Identification, Problem
from organizations.identification.numbers import problems_of_number

if TYPE_CHECKING:
    from organizations.models import Organization


class Host(Identification):
    """备案: by the number of the record and the host (依托单位) through which it acts. A register may lack the number."""

    slug, place = "host", 20
    label = gettext_lazy("Number of the record, and host")

    def problems(self, organization: "Organization") -> Iterable[Problem]:
        if organization.host_id is None:
            yield "host_code", _("A group on record acts through a host.")
        if organization.record_number:
            yield from problems_of_number(organization.record_number)

    def told(self, organization: "Organization") -> str:
        host = organization.host
        number = organization.record_number or _("its number is not on record")
        return _("%(number)s; it acts through %(host)s (%(code)s).") % {
            "number": number, "host": host, "code": host.credit_code if host else "",
        }  # fmt: skip


KIND = Host()
