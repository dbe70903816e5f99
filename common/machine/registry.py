"""One object per kind, found in the modules of a package: a new kind is a new file, and no list has to be told.

CARDS = objects_in(__name__, Card)      # in the package's __init__; its modules never import the package itself
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Protocol, TypeVar


class Kind(Protocol):
    slug: str
    place: int  # where it stands in lists


K = TypeVar("K", bound=Kind)


def modules_in(package: str) -> Iterator[tuple[str, ModuleType]]:
    """(name, module) of every module of a package, imported."""
    path: Any = import_module(package).__path__
    for found in iter_modules(path):
        yield found.name, import_module(f"{package}.{found.name}")


def objects_in(package: str, of: type[K]) -> dict[str, K]:
    """slug → the objects of class `of` that the package's modules hold, by their places. Raises ValueError when two
    claim one slug or one place."""
    objects = {id(o): o for __, module in modules_in(package) for o in vars(module).values() if isinstance(o, of)}
    found = sorted(objects.values(), key=lambda o: o.place)
    for what in ("slug", "place"):
        if len({getattr(o, what) for o in found}) < len(found):
            raise ValueError(f"{package}: two of the same {what}: {[(o.place, o.slug) for o in found]}")
    return {o.slug: o for o in found}
