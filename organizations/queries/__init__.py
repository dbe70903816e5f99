"""What can be asked about organizations, platforms and places."""

from organizations.queries.register import (
    of_kind,
    organizations_for_desk,
    organizations_of,
    platforms_for_desk,
    platforms_of,
    subtree,
    with_incubation,
)
from organizations.queries.standing import Standing, standing, standings
from organizations.queries.verification import things_to_check

__all__ = [
    "Standing",
    "of_kind",
    "organizations_for_desk",
    "organizations_of",
    "platforms_for_desk",
    "platforms_of",
    "standing",
    "standings",
    "subtree",
    "things_to_check",
    "with_incubation",
]
