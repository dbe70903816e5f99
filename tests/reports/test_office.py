"""What LibreOffice makes of the workbooks: the second opinion on every formula, and the printed page."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tests.reports.conftest import Files, a_profile, convert, total

pytestmark = pytest.mark.libreoffice
NAMES = ("full", "empty", "town")
A4_LANDSCAPE = (841.9, 595.3)
# Six sheets, one page each; only the marks of 70 reviews run on, how far is a matter of the fonts.
PAGES = {"full": range(7, 11), "empty": range(6, 7), "town": range(6, 7)}


@pytest.mark.parametrize("name", NAMES)
def test_each_total_recalculated_equals_the_database_to_the_cent(office: Files, name: str) -> None:
    book = office.recalculated(name)
    wrong = {
        key: (shown, expected)
        for key, expected in office.facts[name].items()
        if abs(Decimal(str(shown := total(book[key[0]], *key[1:]))) - expected) >= Decimal("0.005")
    }
    assert not wrong
    assert any(office.facts["full"].values())


@pytest.mark.parametrize("name", NAMES)
def test_every_cached_value_is_what_libreoffice_computes(office: Files, name: str) -> None:
    formulas, cached, again = office.written(name, values=False), office.written(name), office.recalculated(name)
    compared = 0
    for ws in formulas:
        for cell in (c for row in ws.iter_rows() for c in row if c.data_type == "f"):
            ours, theirs = cached[ws.title][cell.coordinate].value, again[ws.title][cell.coordinate].value
            assert _same(ours, theirs), (ws.title, cell.coordinate, cell.value, ours, theirs)
            compared += 1
    assert compared > 20


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) < 1e-6
    return (ours or "") == (theirs or "")


def test_the_recalculation_really_happens(office: Files, soffice: str, tmp_path: Path) -> None:
    """Planted wrong cached values do not survive, so the comparisons above say something."""
    liar = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(office.folder / "full.xlsx") as old, zipfile.ZipFile(liar, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, re.sub(rb"</f><v>[0-9.]+</v>", b"</f><v>7</v>", text) if "sheet" in entry else text)
    assert total(openpyxl.load_workbook(liar, data_only=True)["项目汇总表"], "总预算") == 7
    convert(soffice, a_profile(tmp_path / "profile"), [liar], to="xlsx", into=tmp_path / "again")
    book = openpyxl.load_workbook(tmp_path / "again" / "liar.xlsx", data_only=True)
    assert total(book["项目汇总表"], "总预算") == pytest.approx(float(office.facts["full"]["项目汇总表", "总预算"]))


@pytest.mark.parametrize("name", NAMES)
def test_each_printed_page_is_a4_landscape_and_the_sheets_are_one_page_wide(office: Files, name: str) -> None:
    pages = pypdf.PdfReader(office.pdf(name)).pages
    assert len(pages) in PAGES[name]
    for page in pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4_LANDSCAPE, abs=1)


def test_a_long_sheet_repeats_its_headings_and_numbers_its_pages(office: Files) -> None:
    texts = [page.extract_text() for page in pypdf.PdfReader(office.pdf("full")).pages]
    marks = [t for t in texts if "评分指标" in t]
    assert len(marks) == len(texts) - 5 > 1
    assert all("项目编号" in t and "评审专家" in t for t in marks)
    assert re.search(rf"第\s*1\s*页\s*共\s*{len(texts)}\s*页", texts[0])


def test_no_number_is_printed_as_hash_marks(office: Files) -> None:
    for name in NAMES:
        for page in pypdf.PdfReader(office.pdf(name)).pages:
            assert "##" not in page.extract_text()
