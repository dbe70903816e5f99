"""docs/access.md: the matrix as an auditor reads it, and read back as what is expected."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from tests.house.access.asking import Access
from tests.house.access.doors import HIDDEN_FROM_THE_DESK, Door
from tests.house.code import ROOT

PATH = ROOT / "docs" / "access.md"

Key = tuple[str, str, str]  # method, route, which venture
Row = tuple[Access, ...]
# Route → methods, and which ventures are asked for; ordered sets.
Addresses = dict[str, tuple[dict[str, None], dict[str, None]]]

# Column → who that is. In the order of the columns, which is that of the world's readers.
READERS = {
    "anonymous": ("–", "nobody has logged in 未登录"),
    "owner": ("own", "applicant 申报单位，owner 单位管理员 of the organization that it is about"),
    "editor": ("edt", "the same, editor 经办人"),
    "finance": ("fin", "the same, finance 财务人员"),
    "reader": ("rdr", "the same, reader 仅查看"),
    "other applicant": ("app×", "applicant of another organization"),
    "expert": ("exp", "review expert 评审专家 whose review it is"),
    "recused expert": ("rec", "review expert who has recused herself 回避 from the venture"),
    "other expert": ("exp×", "review expert to whom the venture was not given"),
    "operator": ("opr", "platform operator 平台运营 of the venture's platform"),
    "other operator": ("opr×", "platform operator of another platform"),
    "clerk": ("clk", "clerk 工作人员"),
    "finance officer": ("pay", "finance officer 财务 of the bureau"),
    "manager": ("mgr", "manager 审批负责人"),
    "supervisor": ("sup", "supervisor 监督"),
    "admin": ("adm", "administrator 管理员"),
}
HIDDEN = "hidden"
SECTIONS = {
    "": "For everybody",
    "me": "For whoever is logged in: their own",
    "apply": "Applicants",
    "review": "Experts",
    "desk": "The desk",
    HIDDEN: "The desk, asked for a draft or for a venture of a sealed round",
}
HEAD = """# Who may open what

Made by `make docs` from real requests of everybody at every address; do not edit. `make test` asks a drawn share again and
`make test-long` all of it: a change of access is a change of this page, and is looked at as such.

| answer | means |
|---|---|
| ● | it is theirs: the page, or the verb (which may still say why it does not work now: 409, 422) |
| 404 | the thing is not theirs to see, and is answered like one that does not exist |
| 403 | the thing may be, the page or the verb is not |
| → | to the login, and back afterwards |

What holds everywhere and is asserted beside the tables: a thing that does not exist is 404 for whoever may open its page;
an address answers 405 by a method that is not in its row; who lacks the permission of an address (second column, defined in
the `rules.py` of its room) gets 403 before anything is looked up; nobody ever gets a 5xx. What a page shows of a venture to
each of its readers is said by `visibility.py` of the rooms.

"""


def text(rows: Iterable[tuple[Door, str, Row]]) -> str:
    """The whole page."""
    sections: dict[str, dict[tuple[str, Row], Addresses]] = {begin: {} for begin in SECTIONS}
    for door, method, row in rows:
        alike = sections[section_of(door)].setdefault((door.policy, row), {})
        methods, of = alike.setdefault(door.route, ({}, {}))
        methods[method] = of[door.of] = None  # each once, in their order
    columns = [short for short, __ in READERS.values()]
    lines = [HEAD, "| column | who asks |", "|---|---|", *(f"| {short} | {who} |" for short, who in READERS.values())]
    for begin, groups in sections.items():
        lines += ["", f"## {SECTIONS[begin]}", ""]
        lines += [f"| address | permission | {' | '.join(columns)} |", "|---" * (len(columns) + 2) + "|"]
        for (policy, row), addresses in groups.items():
            said = "<br>".join(_address(route, *rest) for route, rest in addresses.items())
            lines.append(f"| {said} | `{policy}` | {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def section_of(door: Door) -> str:
    if door.of in HIDDEN_FROM_THE_DESK:
        return HIDDEN
    begin = door.route.split("/")[1]
    return begin if begin in SECTIONS else ""


def _address(route: str, methods: Iterable[str], of: Iterable[str]) -> str:
    said = f"`{' '.join(methods)} {route}`"
    return said if not any(of) else f"{said} ({', '.join(name or USUAL for name in of)})"


ADDRESS = re.compile(r"`([A-Z ]+) (/[^`]*)`(?: \(([^)]+)\))?")
USUAL = "any other"


def read(page: str) -> Mapping[Key, tuple[str, Row]]:
    """What the page says of each address and method: the permission, and the answers in the order of the columns."""
    return dict(_read(page))


def _read(page: str) -> Iterator[tuple[Key, tuple[str, Row]]]:
    for line in page.splitlines():
        if not line.startswith("| `"):
            continue
        said, policy, *answers = (cell.strip() for cell in line.strip("|").split(" | "))
        for methods, route, of in ADDRESS.findall(said):
            for method, name in product(methods.split(), of.split(", ")):
                row = policy.strip("`"), tuple(Access(answer) for answer in answers)
                yield (method, route, "" if name == USUAL else name), row
