"""Which laws there are."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# What breaks the law (a row, or its name) and a sentence that tells how, with the numbers.
Violations = Iterator[tuple[Any, str]]
Check = Callable[[], Violations]


@dataclass(frozen=True)
class Invariant:
    """A law. One that `warns` tells of something to be looked at, while the data are as they should be."""

    law: Any
    check: Check
    warns: bool = False

    @property
    def name(self) -> str:
        return self.check.__name__

    @property
    def room(self) -> str:
        return self.check.__module__.partition(".")[0]

    @property
    def example(self) -> str:
        return inspect.getdoc(self.check) or ""


_registry: dict[str, Invariant] = {}


def invariant(law: Any, *, warns: bool = False) -> Callable[[Check], Check]:
    """Register a law: its sentence; the function is named like it and has a worked example as its docstring."""

    def register(check: Check) -> Check:
        if not check.__doc__ or check.__name__ in _registry:
            raise ValueError(f"{check.__name__}: a law has a name of its own and a worked example")
        _registry[check.__name__] = Invariant(law, check, warns)
        return check

    return register


def laws(names: Iterable[str] = (), *, rooms: Sequence[str] = ()) -> list[Invariant]:
    """The laws of these names and these rooms; all of them when nothing is asked. KeyError for an unknown name."""
    chosen = [_registry[name] for name in names] if names else list(_registry.values())
    return [law for law in chosen if not rooms or law.room in rooms]
