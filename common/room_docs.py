"""The picture of the rooms in docs/architecture.md, made from the imports: nothing in it is typed."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from common.room import Room

BEGIN, END = "<!-- made by `make docs` from the imports: begin -->", "<!-- made by `make docs`: end -->"


def rooms() -> list[str]:
    """Names of the rooms, the lowest first."""
    return ["common", *(config.name for config in apps.get_app_configs() if isinstance(config, Room))]


def imports_of(names: list[str]) -> dict[str, set[str]]:
    """Room → the rooms that it imports directly. Needs grimp, which comes with import-linter."""
    import grimp  # only where docs are made

    graph = grimp.build_graph(*names, exclude_type_checking_imports=True, cache_dir=None)
    found: dict[str, set[str]] = {name: set() for name in names}
    for module in graph.modules:
        room = module.partition(".")[0]
        found[room] |= {other.partition(".")[0] for other in graph.find_modules_directly_imported_by(module)} - {room}
    return found


def _needed(imports: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The arrows that no longer way says: an arrow from a to c is left out where a imports b and b reaches c."""

    def reach(room: str) -> set[str]:
        return imports[room].union(*(reach(other) for other in imports[room]))

    for room, others in imports.items():
        beyond = set().union(*(reach(other) for other in others))
        yield from ((room, other) for other in sorted(others - beyond))


def picture() -> str:
    """Mermaid, top to bottom."""
    names = [*rooms(), "simulation"]
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {above} --> {below}" for above, below in sorted(_needed(imports_of(names)))]
    return "\n".join([*lines, "```"])


def with_picture(page: str) -> str:
    """The page with a fresh picture between its marks."""
    head, _, rest = page.partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n{picture()}\n{END}{tail}"


def page() -> Path:
    return Path(settings.BASE_DIR, "docs", "architecture.md")
