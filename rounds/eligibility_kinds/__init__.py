"""Kinds of rules on who may apply: what their set-up takes and what is wrong with it, and how a rule is said. Each is an
object in a module of this package; it is evaluated in the module of the same name in `ventures.eligibility.kinds`."""

from collections.abc import Mapping
from typing import Any

from common.machine.registry import objects_in
from rounds.eligibility_kinds.kind import EligibilityKind

KINDS: Mapping[str, EligibilityKind] = objects_in(__name__, EligibilityKind)


def choices() -> list[tuple[str, Any]]:
    return [(slug, kind.label) for slug, kind in KINDS.items()]
