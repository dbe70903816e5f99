"""Our scripts are ES modules: nothing of ours is global, and each takes from the others only what they give."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders

from tests.house.code import ROOMS, ROOT

TAG = re.compile(r"<script\b[^>]*\{% static '(?P<name>[\w/.-]+)' %\}[^>]*>")
IMPORT = re.compile(r'^import (?:(?P<what>[^";]+) from )?"(?P<path>[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|let|function|async function|class) (\w+)", re.MULTILINE)


def scripts() -> dict[str, str]:
    """Our scripts by the name under which they are served."""
    found = {}
    for room in ROOMS:
        for path in (ROOT / room / "static").rglob("*.js"):
            found[path.relative_to(ROOT / room / "static").as_posix()] = path.read_text(encoding="utf-8")
    assert len(found) > 10
    return found


def tags() -> Iterator[tuple[Path, str, str]]:
    for room in ROOMS:
        for template in (ROOT / room / "templates").rglob("*.html"):
            for tag in TAG.finditer(template.read_text(encoding="utf-8")):
                yield template, tag[0], tag["name"]


def test_every_page_loads_our_scripts_as_modules() -> None:
    ours = scripts()
    loaded = [(t.name, tag, name) for t, tag, name in tags() if name in ours]
    assert loaded and [x for x in loaded if 'type="module"' not in x[1]] == []
    assert [(t.name, name) for t, _, name in tags() if not finders.find(name)] == []


def test_no_script_of_ours_puts_anything_into_the_window() -> None:
    globals_ = re.compile(r"\bwindow\.\w+\s*=[^=]|\bwindow\[")
    assert [name for name, text in scripts().items() if globals_.search(text) or "use strict" in text] == []


def test_what_a_script_imports_is_there() -> None:
    ours = scripts()
    missing = []
    for name, text in ours.items():
        for found in IMPORT.finditer(text):
            target = normpath(join(dirname(name), found["path"]))
            if not found["path"].startswith(".") or target not in ours:
                missing.append((name, found["path"]))
                continue
            missing += [(name, target, wanted) for wanted in _wanted(found["what"] or "", text) - _given(ours[target])]
    assert missing == []


def test_every_script_is_loaded_by_a_page_or_by_another_script() -> None:
    ours = scripts()
    used = {name for _, _, name in tags()}
    for name, text in ours.items():
        used |= {normpath(join(dirname(name), found["path"])) for found in IMPORT.finditer(text)}
    assert set(ours) - used == set()


def _wanted(what: str, text: str) -> set[str]:
    if what.startswith("* as "):
        space = what.removeprefix("* as ").strip()
        return set(re.findall(rf"(?<![\w.$]){space}\.(\w+)", IMPORT.sub("", text)))
    return {part.split(" as ")[0].strip() for part in what.strip("{} ").split(",") if part.strip()}


def _given(text: str) -> set[str]:
    return set(EXPORT.findall(text))
