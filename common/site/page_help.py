"""The short help of a page: what happens here, what comes next, what can not be undone. Rooms say it for their pages when
they start (`help.py`); the head of every page shows what is said of it (tests/house/test_page_help.py: no page is silent).

    page_help("desk_ranking", here=_("…"), then=_("…"), final=_("…"))
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PageHelp:
    here: Any
    then: Any = ""
    final: Any = ""


_help: dict[str, PageHelp] = {}


def page_help(*names: str, here: Any, then: Any = "", final: Any = "") -> None:
    """Say it for the pages with these URL names. Called when a room starts."""
    for name in names:
        assert name not in _help, f"the help of {name} is said twice"
        _help[name] = PageHelp(here, then, final)


def help_of(name: str | None) -> PageHelp | None:
    return _help.get(name or "")


def helped() -> set[str]:
    """URL names of the pages that have a help."""
    return set(_help)
