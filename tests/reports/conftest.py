import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from openpyxl.worksheet.worksheet import Worksheet

from common import clock
from common.work.jobs import run_pending
from organizations.models import Platform
from reports.actions import folder, request_workbook
from reports.audience import Audience
from reports.models import Workbook
from reports.queries import scope_of
from reports.sheets import SHEETS, build
from reports.writer import write
from tests.reports import data

NEW_YEARS_EVE = data.at(2020, 12, 31)


@pytest.fixture(autouse=True)
def new_years_eve() -> Iterator[None]:
    with clock.at(NEW_YEARS_EVE):
        yield


@pytest.fixture
def empty(db: Any) -> data.World:
    return data.empty_world()


@pytest.fixture
def world(db: Any) -> data.World:
    return data.full_world()


@pytest.fixture
def clerk(db: Any) -> Any:
    return data.user("clerk", data.Role.CLERK, "初审员")


@pytest.fixture
def make(clerk: Any) -> Callable[..., Workbook]:
    """Ask for a workbook and let the worker make it."""

    def make(world: data.World, **asked: Any) -> Workbook:
        job = request_workbook(world.round, by=asked.pop("by", clerk), **asked)
        run_pending([job.pk])
        return Workbook.objects.get(job=job)

    return make


def path_of(workbook: Workbook) -> Path:
    return folder().parent / workbook.path


def opened(workbook: Workbook, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(path_of(workbook), data_only=values)


@dataclass
class Files:
    """A whole workbook of the full world, of an empty round and of one town; as written and as LibreOffice has it."""

    folder: Path
    facts: dict[str, Any]

    def written(self, name: str, *, values: bool = True) -> Any:
        return openpyxl.load_workbook(self.folder / f"{name}.xlsx", data_only=values)

    def recalculated(self, name: str) -> Any:
        return openpyxl.load_workbook(self.folder / "again" / f"{name}.xlsx", data_only=True)

    def pdf(self, name: str) -> Path:
        return self.folder / f"{name}.pdf"


@pytest.fixture(scope="session")
def files(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Files:
    """Made once, in transactions that are rolled back."""
    target = tmp_path_factory.mktemp("workbooks")
    facts: dict[str, Any] = {}
    with django_db_blocker.unblock():
        for name, create, town in (
            ("full", data.full_world, ""),
            ("empty", data.empty_world, ""),
            ("town", data.full_world, "林埭镇"),
        ):
            with transaction.atomic():
                world = create()
                platform: Platform = world.towns[town] if town else world.city
                scope = scope_of(world.round, platform, data.AS_OF, Audience.REVIEW)
                written = write(build(scope, list(SHEETS)), target, name, lambda done, total: None)
                written.path.rename(target / f"{name}.xlsx")
                facts[name] = data.sums(scope)
                transaction.set_rollback(True)
    return Files(target, facts)


@pytest.fixture(scope="session")
def office(files: Files, soffice: str, tmp_path_factory: Any) -> Files:
    """The same after LibreOffice has opened, recalculated and printed them."""
    profile = a_profile(tmp_path_factory.mktemp("profile"))
    books = sorted(files.folder.glob("*.xlsx"))
    convert(soffice, profile, books, to="xlsx", into=files.folder / "again")
    convert(soffice, profile, books, to="pdf", into=files.folder)
    return files


def a_profile(folder: Path) -> Path:
    """Of a LibreOffice that recalculates. Else it trusts the cached values of files that it did not write."""
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>\n',
        encoding="utf-8",
    )
    return folder


def convert(soffice: str, profile: Path, books: Sequence[Path], *, to: str, into: Path) -> None:
    options = [f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to, "--outdir", str(into)]
    subprocess.run([soffice, *options, *map(str, books)], check=True, capture_output=True)


def row_of(ws: Worksheet, label: str) -> int:
    """The row whose first cell is `label`."""
    return next(r for r in range(1, ws.max_row + 1) if ws.cell(r, 1).value == label)


def column_of(ws: Worksheet, *headings: str) -> int:
    """The column under a heading (or under a group and a heading)."""
    *group, heading = headings
    seen = ""
    for i in range(1, ws.max_column + 1):
        seen = ws.cell(3, i).value or seen
        lower = ws.cell(4, i).value or ws.cell(3, i).value
        if (lower or "").replace("\n", "") == heading and (not group or seen == group[0]):
            return i
    raise LookupError(headings)


def total(ws: Worksheet, *headings: str, label: str = "合计") -> Any:
    return ws.cell(row_of(ws, label), column_of(ws, *headings)).value
