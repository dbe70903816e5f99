"""Tables in and out: a template that was filled in comes back as it was typed, and what is wrong is told by its cell."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from common.errors import Invalid
from common.spreadsheets import (
    Bad,
    Column,
    Kind,
    as_date,
    as_money,
    as_text,
    as_whole,
    neutral,
    read_cells,
    read_rows,
    read_table,
    write_template,
)  # fmt: skip
from common.text import clean
from tests.corpus.strings import STRINGS

COLUMNS = [
    Column("code", "统一社会信用代码", required=True, width=22),
    Column("name", "名称", required=True, width=40, hint="全称"),
    Column("people", "人数", Kind.WHOLE),
    Column("amount", "金额（元）", Kind.MONEY),
    Column("founded", "成立日期", Kind.DATE),
    Column("kind", "类别", choices=["社会团体", "社会服务机构", "基金会"]),
]
ROW = {
    "code": "513304820000000000", "name": "=平湖市", "people": 3, "amount": Decimal("12.50"), "founded": date(2020, 12, 7),
    "kind": "基金会",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def read(content: bytes, name: str = "a.xlsx", rows: int = 100) -> list[tuple[int, dict[str, Any]]]:
    return list(read_table(io.BytesIO(content), name=name, columns=COLUMNS, max_rows=rows))


def test_a_template_comes_back_as_it_was_written() -> None:
    assert read(write_template(COLUMNS, rows=[ROW, ROW])) == [(2, ROW), (3, ROW)]


def test_an_empty_template_has_no_rows_although_its_cells_are_formatted() -> None:
    assert read(write_template(COLUMNS)) == []


def test_codes_are_text_choices_are_lists_and_nothing_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(COLUMNS, rows=[ROW], notes=["=1+1"])))
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["A"].number_format == sheet["A2"].number_format == "@"
    assert sheet["B2"].data_type == "s"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["F2:F502"] == '"社会团体,社会服务机构,基金会"'
    assert book.worksheets[1]["A1"].data_type == "s"


def test_choices_too_long_for_a_rule_stand_on_a_hidden_sheet() -> None:
    many = [f"镇街道{n:03d}" for n in range(100)]
    book = openpyxl.load_workbook(
        io.BytesIO(write_template([Column("a", "地点", choices=many), Column("b", "乙", choices=many)]))
    )
    assert [s.sheet_state for s in book.worksheets] == ["visible", "visible", "hidden"]
    assert book.worksheets[2]["B100"].value == "镇街道099"


def test_headings_are_found_below_a_title_in_any_order_with_or_without_their_marks() -> None:
    table = "平湖市名册\n成立日期,名称*, 统一社会信用代码 ,备注\n2020年12月7日,甲,5133,x\n"
    assert [(n, r["code"], r["name"], r["founded"]) for n, r in read(table.encode("gbk"), "a.csv")] == [
        (3, "5133", "甲", date(2020, 12, 7))
    ]


def test_a_table_without_its_headings_is_refused_with_their_names() -> None:
    with pytest.raises(Invalid, match="统一社会信用代码, 名称"):
        read("名称\n甲\n".encode(), "a.csv")


def test_a_heading_that_stands_there_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="twice"):
        read("名称,名称,统一社会信用代码\n".encode(), "a.csv")


def test_cells_that_can_not_be_taken_come_with_their_sentences_all_at_once() -> None:
    table = "统一社会信用代码,名称,人数,金额(元),成立日期\n1,甲,1.5,12.345,2020-02-30\n2,乙,一,１２３.５,9999-12-31\n"
    (__, first), (__, second) = read(table.encode(), "a.csv")
    assert "no whole number" in first["people"].sentence
    assert "more than two decimals" in first["amount"].sentence
    assert "no date" in first["founded"].sentence
    assert isinstance(second["people"], Bad)
    assert second["amount"] == Decimal("123.50")
    assert "9999" in second["founded"].sentence


def test_bare_rows_stop_at_a_cell_that_can_not_be_taken_and_cells_go_on() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "=1/0"])
    book.worksheets[0].append(["b", 1])
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(Invalid, match="Cell B1 is a formula without a value"):
        list(read_rows(content, name="a.xlsx", max_rows=10))
    rows = dict(read_cells(content, name="a.xlsx", max_rows=10, max_columns=2))
    assert isinstance(rows[1][1], Bad)
    assert rows[2] == ["b", 1]


def test_a_file_larger_than_allowed_is_refused_with_both_numbers() -> None:
    with pytest.raises(Invalid, match="98 KB; at most 10 KB"):
        list(read_rows(io.BytesIO(b"a," * 50_000), name="a.csv", max_rows=10, max_bytes=10 * 1024))


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.xls", ""])
def test_what_is_no_table_by_its_name_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        list(read_rows(io.BytesIO(b"a"), name=name, max_rows=10))


def from_excel(text: str) -> str:
    """What Excel reads where openpyxl has written text that looks like one of its escapes (_x000D_)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(codec="utf-8"), max_size=40),
                st.integers(-(10**14), 10**14),
                st.dates(date(1900, 3, 1), date(2099, 12, 31)),
            ),
            min_size=1,
            max_size=5,
        ),
        max_size=8,
    )
)
@example([["_x0000_", "a_x000D_b"]])
def test_what_openpyxl_writes_is_read_as_the_cleaner_leaves_it(table: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    for r, values in enumerate(table, 1):
        for c, value in enumerate(values, 1):
            cell = book.worksheets[0].cell(r, c)
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    expected = [
        [(clean(from_excel(clean(v))) or None) if isinstance(v, str) else v for v in values] for values in table
    ]
    padded = [values + [None] * (5 - len(values)) for values in expected]
    got = [values for __, values in read_rows(content, name="a.xlsx", max_rows=20, max_columns=5)]
    assert got == [values for values in padded if any(v is not None for v in values)]


def test_every_text_of_the_corpus_is_the_same_after_a_template_and_back() -> None:
    texts = [clean(text) for text in STRINGS.values() if clean(text)]
    back = [
        row["name"]
        for __, row in read(write_template(COLUMNS, rows=[{"code": "1", "name": t} for t in texts]), rows=300)
    ]
    assert back == texts


@pytest.mark.parametrize("name", [n for n in STRINGS if n.startswith("formula/")])
def test_text_in_a_csv_file_is_never_computed(name: str) -> None:
    written = neutral(STRINGS[name])
    assert not written or written[0] not in "=+-@＝＋－＠\t\r"


@pytest.mark.parametrize(
    ("value", "read_as", "result"),
    [
        (513304820000000000, as_text, Bad), (5133, as_text, "5133"), (Decimal("0.5"), as_text, "0.5"), (True, as_text, "TRUE"),
        (datetime(2020, 12, 7, 9, 5), as_text, "2020-12-07 09:05"), ("1e5", as_whole, Bad), (True, as_whole, Bad), ("１，０００", as_whole, 1000),
        ("1,00", as_money, Bad), ("12.5元", as_money, Decimal("12.50")), (Decimal("12.345"), as_money, Bad), ("1e999999", as_money, Bad),
        ("9" * 4400, as_money, Bad), ("2020/2/9", as_date, date(2020, 2, 9)), ("20200209", as_date, date(2020, 2, 9)),
        (20200209, as_date, date(2020, 2, 9)), (datetime(2020, 2, 9, 1), as_date, date(2020, 2, 9)), ("0001-01-01", as_date, Bad),
        ("2020-13-01", as_date, Bad), (44000, as_date, Bad),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_column_wants_it(value: Any, read_as: Any, result: Any) -> None:
    got = read_as(value)
    assert isinstance(got, Bad) if result is Bad else got == result


@pytest.mark.parametrize("name", list(STRINGS))
@pytest.mark.parametrize("read_as", [as_text, as_whole, as_money, as_date])
def test_no_text_of_the_corpus_breaks_a_column(name: str, read_as: Any) -> None:
    got = read_as(clean(STRINGS[name]) or None)
    assert got is None or isinstance(got, Bad | str | int | Decimal | date)
