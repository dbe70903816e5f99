"""The bureau's forms (domain notes, section 4). Headings are Chinese because the forms are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports.audience import MAY, Audience, narrowest
from reports.queries import Scope
from reports.sheets import closure, incubation, money, projects, scores
from reports.writer import Sheet

Builder = Callable[[Scope], list[Sheet]]


@dataclass(frozen=True)
class Form:
    """One of the forms: its name, how it is built, and who may read at all what it shows."""

    name: str
    build: Builder
    audience: Audience = Audience.PLATFORM


# Key → form, in the order of the domain notes.
SHEETS: dict[str, Form] = {
    "projects": Form(projects.NAME, projects.build),
    "scores": Form(scores.NAME, scores.build, Audience.REVIEW),
    "money": Form(money.NAME, money.build),
    "closure": Form(closure.NAME, closure.build),
    "incubation": Form(incubation.NAME, incubation.build),
}


def sheets_for(user: Any, audience: Audience = Audience.OFFICE) -> dict[str, Form]:
    """The forms that this person may read, and that may be given to the audience."""
    mine = {key: form for key, form in SHEETS.items() if user.has_perm(MAY[form.audience])}
    if audience == Audience.PLATFORM:
        return {key: form for key, form in mine.items() if form.audience == Audience.PLATFORM}
    return mine


def audience_of(keys: list[str]) -> Audience:
    """Who may read a file of these sheets."""
    return narrowest([SHEETS[key].audience for key in keys])


def build(scope: Scope, keys: list[str]) -> list[Sheet]:
    """The sheets of `keys`, in their fixed order."""
    return [sheet for key, form in SHEETS.items() if key in keys for sheet in form.build(scope)]


def file_name(scope: Scope, keys: list[str]) -> str:
    """平湖市首届红色创投_项目汇总表_20201231.xlsx; several sheets are a 汇总表; a platform's name goes in between."""
    what = SHEETS[keys[0]].name if len(keys) == 1 else "汇总表"
    parts = [scope.round.title, *([] if scope.is_city else [scope.platform.name]), what, f"{scope.as_of:%Y%m%d}"]
    return "_".join("".join(c for c in p if c not in '\\/:*?"<>|\n\t') for p in parts) + ".xlsx"
