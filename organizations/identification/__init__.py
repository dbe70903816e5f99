"""By what an applicant is known, and how that is checked: one object per module."""

from collections.abc import Mapping
from typing import Any

from common.machine.registry import objects_in
from organizations.identification.check import Identification

KINDS: Mapping[str, Identification] = objects_in(__name__, Identification)


def choices() -> list[tuple[str, Any]]:
    return [(slug, kind.label) for slug, kind in KINDS.items()]
