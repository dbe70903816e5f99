"""The round of the demonstration, played by both machineries: all in one process, and spread over three."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.drills.house import ROOT, House
from tests.drills.test_broker import start_worker

pytestmark = [pytest.mark.broker, pytest.mark.postgres, pytest.mark.slow]

SPEC = ROOT / "fixtures" / "pinghu_2020.yaml"
WHEN_SAVED = "docProps/core.xml"  # the only part of a workbook that knows the hour


def simulate(house: House) -> dict[str, Any]:
    """Play the round; its JSON, workbooks by their names below the folder, without what it took."""
    out = house.var / "out"
    house.manage("simulate_round", "--spec", str(SPEC), "--json", str(house.var / "round.json"), "--out", str(out))
    outcome: dict[str, Any] = json.loads((house.var / "round.json").read_text(encoding="utf-8"))
    assert outcome.pop("seconds") > 0
    return {**outcome, "workbooks": [Path(p).relative_to(out).as_posix() for p in outcome["workbooks"]]}


def read(path: Path) -> dict[str, Any]:
    """Sheet → merged ranges and every cell: what is in it, the value that was stored for a formula, the format."""
    written, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            "merged": sorted(str(r) for r in sheet.merged_cells.ranges),
            **{
                cell.coordinate: (cell.value, stored[sheet.title][cell.coordinate].value, cell.number_format)
                for row in sheet.iter_rows()
                for cell in row
            },
        }
        for sheet in written
    }


def parts(path: Path) -> dict[str, bytes]:
    """Everything in the file: also widths, styles, print areas and whatever else `read` does not look at."""
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist() if name != WHEN_SAVED}


def jobs_done_by(log: Path) -> int:
    """How many jobs the worker with this log claimed and ran."""
    return len(re.findall(r"Task common\.run_job\[\S+\] succeeded in \S+: True", log.read_text(encoding="utf-8")))


def test_the_round_of_2020_is_the_same_in_one_process_and_with_postgresql_a_broker_and_a_worker(
    tmp_path_factory: pytest.TempPathFactory, house_with_broker: House
) -> None:
    embedded = House(tmp_path_factory.mktemp("embedded"))
    embedded.manage("migrate", "-v0")
    spread = house_with_broker
    start_worker(spread)

    outcomes = [simulate(embedded), simulate(spread)]

    assert outcomes[0] == outcomes[1]
    names = outcomes[0]["workbooks"]
    assert len(names) == 10
    for name in names:
        one, other = embedded.var / "out" / name, spread.var / "out" / name
        assert read(one) == read(other), name
        assert parts(one) == parts(other), name

    told = "[(n.user.username, n.text, n.created_at) for n in Notification.objects.filter(key__startswith='moved')]"
    assert sorted(embedded.ask(told)) == sorted(spread.ask(told)) != []

    # … and it was really spread: no worker in the process of the command, and the one beside it made every workbook.
    assert not (spread.var / "hongchuang.sqlite3").exists()
    assert spread.ask("__import__('django.conf').conf.settings.EMBEDDED_WORKER") is False
    assert spread.ask("[(j.kind, j.state, j.attempts) for j in Job.objects.filter(kind__startswith='reports')]") == [
        ["reports.workbook", "done", 1]
    ] * len(names)
    # The worker may have asked the laws of the night besides.
    assert jobs_done_by(spread.var / "worker.log") >= len(names)
