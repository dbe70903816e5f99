"""The order of the rooms, also where no import statement shows it, and what a room may not hold."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
from django.apps import apps

from tests.house.code import ROOMS, ROOT, files

RANK = {room: n for n, room in enumerate(reversed(ROOMS))}
# One page on purpose: the machine is read from top to bottom.
MAY_BE_LONG = {"ventures/lifecycle.py"}
JUNK = {"utils", "helpers", "misc", "services"}


def test_a_foreign_key_never_points_to_a_room_above() -> None:
    upward = [
        f"{field} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model._meta.app_label in RANK
        and RANK[field.related_model._meta.app_label] > RANK[model._meta.app_label]
    ]
    assert not upward


def test_every_import_contract_is_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_imports_itself_by_a_way_around() -> None:
    """No circle of files, not even one that a late import hides."""
    graph = grimp.build_graph(*ROOMS, "config", exclude_type_checking_imports=True, cache_dir=None)
    order = TopologicalSorter({m: graph.find_modules_directly_imported_by(m) for m in graph.modules})
    order.prepare()  # CycleError names the files


def test_no_room_has_a_drawer_for_everything() -> None:
    assert not [p for p in files() if p.stem in JUNK or JUNK & set(p.relative_to(ROOT).parts)]


def test_a_file_that_outgrows_300_lines_becomes_a_folder() -> None:
    long = {p.relative_to(ROOT).as_posix(): len(p.read_text().splitlines()) for p in files()}
    assert not {name: n for name, n in long.items() if n > 300 and name not in MAY_BE_LONG}


def test_only_rooms_that_are_decided_stand_beside_each_other() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")}
    assert packages == {*ROOMS, "config", "tests", "benchmarks"}
