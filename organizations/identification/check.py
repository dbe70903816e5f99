"""What a way to know an applicant is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from organizations.models import Organization

Problem = tuple[str, Any]  # field, sentence


class Identification:
    """A way to know an applicant: by what number, and what is wrong with it. Its own format the field checks."""

    slug: str
    place: int
    label: Any
    typed_in: Any = ""  # the heading of its number, where it is one of its own

    def problems(self, organization: "Organization") -> Iterable[Problem]:
        raise NotImplementedError

    def told(self, organization: "Organization") -> str:
        """What it is known by, as evidence."""
        raise NotImplementedError
