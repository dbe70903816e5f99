"""The drill that takes every guard away (tests/drills/test_guards.py) is slow and rarely run; that it still finds them is
seen here at once."""

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
