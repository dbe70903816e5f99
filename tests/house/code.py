"""The house's own code, parsed."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Top first: a room imports only from rooms to its right.
ROOMS = (
    "simulation", "reports", "showcases", "funding", "reviews", "delivery", "ventures", "rounds", "organizations",
    "accounts", "common",
)  # fmt: skip


@cache
def files() -> tuple[Path, ...]:
    return tuple(
        path
        for room in (*ROOMS, "config")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """(file relative to the root, node) of all code."""
    return tuple((path.relative_to(ROOT).as_posix(), node) for path in files() for node in ast.walk(tree(path)))
