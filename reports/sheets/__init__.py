"""The bureau's forms (domain notes, section 4). Headings are Chinese because the forms are."""

from collections.abc import Callable

from reports.queries import Scope
from reports.sheets import closure, incubation, money, projects, scores
from reports.writer import Sheet

Builder = Callable[[Scope], list[Sheet]]

# Key → (name on the form, builder), in the order of the domain notes.
SHEETS: dict[str, tuple[str, Builder]] = {
    "projects": (projects.NAME, projects.build),
    "scores": (scores.NAME, scores.build),
    "money": (money.NAME, money.build),
    "closure": (closure.NAME, closure.build),
    "incubation": (incubation.NAME, incubation.build),
}


def build(scope: Scope, keys: list[str]) -> list[Sheet]:
    """The sheets of `keys`, in their fixed order."""
    return [sheet for key, (_, builder) in SHEETS.items() if key in keys for sheet in builder(scope)]


def file_name(scope: Scope, keys: list[str]) -> str:
    """平湖市首届红色创投_项目汇总表_20201231.xlsx; several sheets are a 汇总表; a platform's name goes in between."""
    what = SHEETS[keys[0]][0] if len(keys) == 1 else "汇总表"
    parts = [scope.round.title, *([] if scope.is_city else [scope.platform.name]), what, f"{scope.as_of:%Y%m%d}"]
    return "_".join("".join(c for c in p if c not in '\\/:*?"<>|\n\t') for p in parts) + ".xlsx"
