"""docs/lifecycle.md, made from the machines themselves: states, transitions, who may, what must hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override
from rules.permissions import permissions

from common.machine.door import machines
from common.machine.gates import Gate, gates_of
from common.stored_chinese import StoredChinese

HEAD = """# The life of a round and of a venture

Made by `make docs` from `lifecycle.py`, `states.py`, `gates.py` and `rules.py` of the rooms; do not edit. A move happens only
through `common.machine.door.move`, which asks for the permission and for the gates; the database refuses every other change
of state.
"""


@dataclass(frozen=True)
class Row:
    """One transition: one verb from its sources to its target."""

    verb: str
    label: Any
    sources: tuple[str, ...]
    target: str
    permission: str
    note_required: bool
    gates: tuple[Gate, ...]


def rows_of(model: Any) -> list[Row]:
    """Transitions in the order in which the machine's page tells them."""
    found: dict[str, list[Any]] = {}
    for transition in model._meta.get_field("state").get_all_transitions(model):
        found.setdefault(transition.name, []).append(transition)
    order = {str(value): n for n, (value, _label) in enumerate(model._meta.get_field("state").choices)}
    rows = [
        Row(
            verb=verb,
            label=same[0].custom.get("label", verb),
            sources=tuple(sorted((str(t.source) for t in same), key=lambda s: order.get(s, -1))),
            target=str(same[0].target),
            permission=getattr(same[0].permission, "rule_name", ""),
            note_required=bool(same[0].custom.get("note_required")),
            gates=tuple(gates_of(model, verb)),
        )
        for verb, same in found.items()
    ]
    return sorted(rows, key=lambda r: (order.get(r.sources[0], -1), order[r.target], r.verb))


def roles_of(permission: str) -> tuple[list[str], list[str]]:
    """Roles that a rule names, and its further conditions."""
    if permission not in permissions:
        return [], []
    said = permissions[permission].name
    roles = [role for group in re.findall(r"has_role:([\w|]+)", said) for role in group.split("|")]
    others = re.findall(r"[a-z_]\w*", re.sub(r"has_role:[\w|]+", "", said))
    return list(dict.fromkeys(roles)), list(dict.fromkeys(others))


def text() -> str:
    """The whole page, Markdown with Mermaid diagrams."""
    chinese = StoredChinese()
    with override("en"):
        parts = [HEAD]
        for model in machines():
            parts += ["", f"## {model.__name__}", "", *_diagram(model, chinese), "", *_states_told(model, chinese)]
            parts += ["", *_table(model, chinese)]
    return "\n".join(parts) + "\n"


def _states(model: Any) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in model._meta.get_field("state").choices]


def _diagram(model: Any, chinese: StoredChinese) -> Iterator[str]:
    rows = rows_of(model)
    yield from ("```mermaid", "stateDiagram-v2")
    for value, label in _states(model):
        yield f'    state "{chinese(label)} {label}" as {value}'
    yield f"    [*] --> {model._meta.get_field('state').default}"
    for row in rows:
        for source in row.sources:
            yield f"    {source} --> {row.target}: {chinese(row.label)}"
    left = {source for row in rows for source in row.sources}
    for value, _label in _states(model):
        if value not in left:
            yield f"    {value} --> [*]"
    yield "```"


def _states_told(model: Any, chinese: StoredChinese) -> Iterator[str]:
    """The table of the states, as the room says it."""
    told = {value: row.told() for value, row in getattr(model, "table", {}).items()}
    headings = list(next(iter(told.values()), {}))
    if not headings:
        return
    yield f"| state | {' | '.join(headings)} |"
    yield "|---" * (len(headings) + 1) + "|"
    for value, label in _states(model):
        cells = ["<br>".join(str(words) for words in told[value][heading]) for heading in headings]
        cells = [re.sub(r"%\((\w+)\)s", r"‹\1›", cell) for cell in cells]
        yield f"| {label} {chinese(label)} | {' | '.join(cells)} |"


def _table(model: Any, chinese: StoredChinese) -> Iterator[str]:
    labels = dict(_states(model))
    yield "| verb | 办理事项 | from | to | who may | what must hold |"
    yield "|---|---|---|---|---|---|"
    for row in rows_of(model):
        roles, others = roles_of(row.permission)
        who = ", ".join(roles) + (f" ({', '.join(others)})" if others else "")
        gates = [f"{g.label} ({g.check.__module__.split('.')[0]})" for g in row.gates]
        gates += ["A reason in words (the page asks for it)"] if row.note_required else []
        sources = "<br>".join(f"{labels[s]} {chinese(labels[s])}" for s in row.sources)
        target = f"{labels[row.target]} {chinese(labels[row.target])}"
        yield (
            f"| `{row.verb}` {row.label} | {chinese(row.label)} | {sources} | {target} | `{row.permission}`: {who} "
            f"| {'<br>'.join(gates)} |"
        )
