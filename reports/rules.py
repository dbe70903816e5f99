"""Who may make and read summaries."""

from typing import Any

import rules

from accounts.rules import is_operator, is_staff
from organizations.queries import platforms_of


@rules.predicate
def runs_platform(user: Any, platform: Any) -> bool:
    """The platform, or one above it, is the operator's."""
    return platform is not None and platform.pk in platforms_of(user)


rules.add_perm("reports.make", is_staff | (is_operator & runs_platform))
rules.add_perm("reports.order", is_staff | is_operator)
