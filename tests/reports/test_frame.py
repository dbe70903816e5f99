"""The frame of every sheet, read back without any office program."""

import datetime
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from tests.reports.conftest import Files, column_of, row_of, total

SHEETS = ["项目汇总表", "评分汇总表", "评分明细", "资金拨付表", "结项情况表", "孵化情况统计表"]


@pytest.fixture
def book(files: Files) -> Any:
    return files.written("full", values=False)


def test_a_workbook_holds_the_sheets_in_the_order_of_the_bureau(book: Any) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_the_title_is_merged_over_the_whole_width(book: Any, name: str) -> None:
    ws = book[name]
    assert ws["A1"].value == f"平湖市首届红色创投{name}"
    assert ws["A1"].font.name == "黑体"
    assert 18 <= ws["A1"].font.size <= 22
    assert any(m.min_row == m.max_row == 1 and m.max_col == ws.max_column for m in ws.merged_cells.ranges)


@pytest.mark.parametrize("name", SHEETS)
def test_the_second_row_says_who_until_when_and_in_what_unit(book: Any, name: str) -> None:
    words = [c.value for c in book[name][2] if c.value]
    assert words[0] == "填报单位（盖章）：中共平湖市社会组织综合委员会、平湖市民政局"
    assert words[1] == "统计截止日期：2020年12月31日"
    assert words[2].startswith("单位：")


@pytest.mark.parametrize("name", SHEETS)
def test_the_last_row_has_places_for_those_who_answer_for_it(book: Any, name: str) -> None:
    ws = book[name]
    words = [c.value.split("：")[0] for c in ws[ws.max_row] if c.value]
    assert words == ["填报人", "审核人", "联系电话", "填报日期"]


@pytest.mark.parametrize("name", SHEETS)
def test_it_prints_on_a4_landscape_one_page_wide_with_headings_on_each_page(book: Any, name: str) -> None:
    ws = book[name]
    assert (ws.page_setup.orientation, ws.page_setup.paperSize) == ("landscape", 9)
    assert ws.sheet_properties.pageSetUpPr.fitToPage
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
    assert ws.print_title_rows == "$3:$4"
    assert ws.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert ws.freeze_panes.endswith("5")
    assert ws.print_area.endswith(f"${ws.max_row}")


def test_amounts_are_numbers_dates_are_dates_and_codes_are_text(book: Any) -> None:
    ws = book["项目汇总表"]
    amount, start = ws.cell(5, column_of(ws, "总预算")), ws.cell(5, column_of(ws, "实施期限", "起"))
    code, phone = ws.cell(5, column_of(ws, "统一社会信用代码")), ws.cell(5, column_of(ws, "联系电话"))
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")
    assert (start.value, start.number_format) == (datetime.datetime(2020, 5, 1), "yyyy-mm-dd")
    assert (phone.data_type, phone.number_format, phone.value) == ("s", "@", "13805730001")
    assert (code.data_type, code.number_format) == ("s", "@")


def test_titles_are_printed_in_their_marks(book: Any) -> None:
    titles = [book["项目汇总表"].cell(r, 3).value for r in range(5, 15)]
    assert "《“传承红色基因 汲取初心力量”独山港镇红色路线推广项目》" in titles


def test_totals_and_derived_columns_are_formulas_with_their_values_beside_them(files: Files, book: Any) -> None:
    values = files.written("full")
    ws, shown = book["资金拨付表"], values["资金拨付表"]
    awarded, paid = (get_column_letter(column_of(ws, heading)) for heading in ("核定金额", "累计拨付"))
    assert total(ws, "核定金额") == f"=SUM({awarded}5:{awarded}13)"
    assert total(ws, "拨付率") == f"=IF({awarded}14=0,0,ROUND({paid}14/{awarded}14,4))"
    assert ws.cell(5, column_of(ws, "未拨付")).value == f"={awarded}5-{paid}5"
    assert total(shown, "核定金额") == 409500.45
    assert total(shown, "拨付率") == 0.8993


def test_every_formula_of_the_workbook_has_a_cached_value(files: Files, book: Any) -> None:
    values = files.written("full")
    formulas = [(ws.title, c.coordinate) for ws in book for row in ws.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) > 100
    # Only a sum of marks that were not given (recused) is an empty text.
    empty = [f for f in formulas if values[f[0]][f[1]].value is None]
    assert {sheet for sheet, _ in empty} <= {"评分明细"}
    assert len(empty) == 2


def test_incubation_has_a_subtotal_for_each_tier_and_a_grand_total(files: Files, book: Any) -> None:
    ws = book["孵化情况统计表"]
    rows = [row_of(ws, f"{tier}小计") for tier in ("市", "镇街道", "村社区")]
    column = column_of(ws, "累计培育孵化")
    letter = get_column_letter(column)
    assert ws.cell(rows[1], column).value == f"=SUM({letter}{rows[0] + 1}:{letter}{rows[1] - 1})"
    assert ws.cell(row_of(ws, "合计"), column).value == "=SUM(" + ",".join(f"{letter}{r}" for r in rows) + ")"
    shown = files.written("full")["孵化情况统计表"]
    assert [shown.cell(r, column).value for r in rows] == [2, 10, 0]
    assert total(shown, "累计培育孵化") == 12
    assert "跨平台去重后 10 家" in str(shown.cell(row_of(ws, "合计") + 1, 1).value)


def test_an_empty_round_is_a_valid_workbook_with_totals_of_nothing(files: Files) -> None:
    book = files.written("empty")
    assert book.sheetnames == SHEETS
    for (sheet, *headings), expected in files.facts["empty"].items():
        assert total(book[sheet], *headings) == expected == 0


def test_a_row_is_high_enough_for_its_title(book: Any) -> None:
    ws = book["资金拨付表"]
    assert ws.row_dimensions[7].height >= 4 * 15


def test_experts_sign_by_their_place_and_are_never_named(files: Files) -> None:
    book = files.written("full")
    text = "\n".join(str(c.value) for ws in book for row in ws.iter_rows() for c in row if c.value is not None)
    assert "专家签字：" in text
    assert "专家7" in text
    assert "真名" not in text


def test_account_numbers_show_their_last_four_digits_only(files: Files) -> None:
    book = files.written("full")
    ws = book["资金拨付表"]
    assert ws.cell(5, column_of(ws, "账号")).value == "****0001"
    text = "\n".join(str(c.value) for ws in book for row in ws.iter_rows() for c in row if c.value is not None)
    assert "20100012345678" not in text


def test_sample_data_say_so_on_the_sheet(book: Any) -> None:
    for ws in book:
        assert any("演示数据" in str(c.value) for row in ws.iter_rows() for c in row)


def test_the_workbook_of_a_town_has_its_name_and_nothing_of_another_town(files: Files) -> None:
    ws = files.written("town")["项目汇总表"]
    text = "\n".join(str(c.value) for row in ws.iter_rows() for c in row if c.value is not None)
    assert ws["A1"].value == "平湖市首届红色创投项目汇总表（林埭镇社会组织服务中心）"
    assert "填报单位（盖章）：林埭镇社会组织服务中心" in text
    assert "HC2020-001" in text
    assert "HC2020-010" in text
    assert "HC2020-002" not in text
    assert "独山港镇" not in text
