"""The drill that takes every guard away (tests/drills/test_guards.py) is slow and rarely run; that it still finds them is
seen here at once."""

import ast

import yaml

from tests.house.code import ROOT


def test_the_code_of_every_guard_stands_exactly_once_where_the_drill_looks_for_it():
    guards = yaml.safe_load((ROOT / "tests/drills/guards.yaml").read_text(encoding="utf-8"))
    assert len(guards) > 80
    lost = [
        f"{guard['guard']}: {cut['file']}"
        for guard in guards
        for cut in guard["cuts"]
        if (ROOT / cut["file"]).read_text(encoding="utf-8").count(cut["old"]) != 1
    ]
    assert not lost, "\n".join(lost)


def test_the_tests_of_every_guard_are_there():
    guards = yaml.safe_load((ROOT / "tests/drills/guards.yaml").read_text(encoding="utf-8"))
    named = {tuple(test.partition("[")[0].split("::")) for guard in guards for test in guard["tests"]}
    lost = [f"{file}::{name}" for file, name in sorted(named) if name not in functions_of(file)]
    assert not lost, "\n".join(lost)


def functions_of(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
