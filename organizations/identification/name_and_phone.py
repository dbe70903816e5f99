from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import masked
from organizations.identification.check import Identification, Problem

if TYPE_CHECKING:
    from organizations.models import Organization


class NameAndPhone(Identification):
    """A person, by name and phone only: no ID number is asked for or kept."""

    slug, place = "name_and_phone", 40
    label = gettext_lazy("Name and phone")

    def problems(self, organization: "Organization") -> Iterable[Problem]:
        if not organization.phone:
            yield "phone", _("A person is known by name and phone: please enter the phone.")
        if organization.record_number:
            yield "record_number", _("Of a person no number is kept but the phone.")

    def told(self, organization: "Organization") -> str:
        return f"{organization.name} {masked(organization.phone)}"


KIND = NameAndPhone()
