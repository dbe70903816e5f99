"""A play ends with the laws of the data: what the doors let through has to be right."""

from django.utils.translation import gettext as _

from common.invariants import broken
from simulation.story import SimulationError


def require_laws() -> None:
    """Raises SimulationError that tells each broken law with its first violations."""
    if found := broken():
        told = [f"{f.law.name} ({f.count}): {f.law.law}\n  " + "\n  ".join(f.told) for f in found]
        raise SimulationError(_("Laws of the data are broken:") + "\n" + "\n".join(told))
