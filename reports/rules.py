"""Who may make and read summaries."""

from typing import Any

import rules

from accounts.rules import is_operator, is_staff, reads_all
from organizations.queries import platforms_of


@rules.predicate
def runs_platform(user: Any, platform: Any) -> bool:
    """The platform, or one above it, is the operator's."""
    return platform is not None and platform.pk in platforms_of(user)


@rules.predicate
def is_of_own_platform(user: Any, workbook: Any) -> bool:
    return workbook is not None and workbook.platform_id in platforms_of(user)


rules.add_perm("reports.make", is_staff | (is_operator & runs_platform))
rules.add_perm("reports.read", reads_all | (is_operator & is_of_own_platform))
rules.add_perm("reports.order", is_staff | is_operator)
