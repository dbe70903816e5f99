"""Asking the laws, and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from common.invariants.registry import Invariant, laws
from common.snapshot import snapshot
from common.wording import labelled

TOLD = 5  # violations of a law that are told; the others are counted


@dataclass(frozen=True)
class Finding:
    """How often a law is violated, and the first few in words."""

    law: Invariant
    count: int
    told: list[str]

    @property
    def is_broken(self) -> bool:
        return self.count > 0 and not self.law.warns

    @property
    def more(self) -> int:
        return self.count - len(self.told)


def check(asked: Iterable[Invariant] | None = None) -> Iterator[Finding]:
    """Ask each of the laws (None: all), each at one moment of the data, while people work."""
    for law in laws() if asked is None else asked:
        with snapshot():
            violations = law.check()
            told = [labelled(subject, sentence) for subject, sentence in islice(violations, TOLD)]
            count = len(told) + sum(1 for _ in violations)
        yield Finding(law, count, told)


def broken() -> list[Finding]:
    """The laws that are broken now."""
    return [finding for finding in check() if finding.is_broken]
