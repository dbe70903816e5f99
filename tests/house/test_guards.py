"""The drill that takes every guard away (tests/drills/test_guards.py) is slow and rarely run; that it still finds them is
seen here at once."""

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.drills.guards import rows
from tests.drills.mutation import Cut, Unclear
from tests.house.code import ROOT


@pytest.fixture(scope="module")
def guards() -> list[dict[str, Any]]:
    found = rows()
    assert len(found) > 200
    return found


def test_what_is_taken_away_of_every_guard_is_there_once(guards):
    lost = []
    for guard in guards:
        texts: dict[Path, str] = {}
        for row in guard["cuts"]:
            try:
                cut = Cut.read(row)
                file = cut.file(ROOT)
                before = texts.get(file) or file.read_text(encoding="utf-8")
                texts[file] = cut.apply(ROOT, before)
            except Unclear as e:
                lost.append(f"{guard['guard']}: {e}")
                continue
            if same(file, before, texts[file]):
                lost.append(f"{guard['guard']}: nothing is taken away of {cut.place}")
    assert not lost, "\n".join(lost)


def same(file: Path, before: str, after: str) -> bool:
    return ast.dump(ast.parse(before)) == ast.dump(ast.parse(after)) if file.suffix == ".py" else before == after


CODE = """
def move(row, verb, by):
    if row.state != by.seen:
        raise Stale
    _check(row, by)
    rows = Row.objects.select_for_update().filter(pk=row.pk)
    found = [r for r in rows if r.open and r.mine]
    note(row, by=by, at=now())
    return found

class Row:
    class Meta:
        constraints = [Unique(name="once"), Unique(name="twice")]
"""


@pytest.mark.parametrize(
    ("cut", "gone", "put"),
    [
        ({"in": "m.move", "answer": "[]"}, "_check(row, by)", "return []"),
        ({"in": "m.move", "never": "seen"}, "row.state != by.seen", "if False:"),
        ({"in": "m.move", "always": ["open", "mine"]}, "r.open and r.mine", "if True]"),
        ({"in": "m.move", "without": "mine"}, "r.mine", "if r.open]"),
        ({"in": "m.move", "of": "note", "without": "at"}, "at=now()", "note(row, by=by)"),
        ({"in": "m.move", "statement": "_check"}, "_check(row, by)", "pass"),
        ({"in": "m.move", "call": "select_for_update"}, ".select_for_update()", "Row.objects.filter"),
        ({"in": "m.move", "unlocked": "Row"}, "select_for_update", "Row.objects.all().filter"),
        ({"in": "m.move", "replace": "now", "by": "None"}, "now()", "at=None"),
        ({"in": "m.move", "assigned": "found", "by": "rows"}, "r.open", "found = rows"),
        ({"in": "m.Row", "constraint": "once"}, "'once'", "[Unique(name='twice')]"),
    ],
    ids=str,
)
def test_each_operation_takes_away_what_it_names_and_nothing_else(tmp_path, cut, gone, put):
    (tmp_path / "m.py").write_text(CODE)
    cut = Cut.read(cut)
    assert cut.file(tmp_path) == tmp_path / "m.py"
    whole, after = ast.unparse(ast.parse(CODE)), cut.apply(tmp_path, CODE)
    assert gone in whole and gone not in after
    assert put not in whole and put in after


@pytest.mark.parametrize(
    "cut",
    [
        {"in": "m.moved", "answer": "[]"},
        {"in": "nowhere.move", "answer": "[]"},
        {"in": "m.move", "never": "shown"},
        {"in": "m.move", "without": "by"},  # more than one
        {"in": "m.move", "constraint": "once"},
    ],
    ids=str,
)
def test_what_is_not_there_or_there_more_than_once_is_told(tmp_path, cut):
    (tmp_path / "m.py").write_text(CODE)
    with pytest.raises(Unclear):
        Cut.read(cut).apply(tmp_path, CODE)


def test_the_tests_of_every_guard_are_there(guards):
    named = {tuple(test.partition("[")[0].split("::")) for guard in guards for test in guard["tests"]}
    lost = [f"{file}::{name}" for file, name in sorted(named) if name not in functions_of(file)]
    assert not lost, "\n".join(lost)


def functions_of(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
