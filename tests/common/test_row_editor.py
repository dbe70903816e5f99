"""The row editor reads what a page sends: rows in their order, blank ones left out, every bad cell told."""

from typing import Any

import pytest
from django import forms

from common.site.row_editor import RowEditor, RowForm, row_editor


class GuestRow(RowForm):
    SHOWN = ("name", "seats", "table")
    COMPUTED = {"table": ("Table", "label")}
    WIDTHS = {"seats": "short"}
    PRESET, ONCE = frozenset({"seats"}), "name"
    name = forms.CharField(label="Name", max_length=8)
    seats = forms.IntegerField(label="Seats", widget=forms.TextInput(attrs={"inputmode": "numeric"}), initial=1)
    table = "1"

    @property
    def is_removable(self) -> bool:
        return self["name"].value() != "host"


Guests = row_editor(GuestRow, most=4, extra=1, title="Guests")


def sent(*names: str, total: Any = None, **more: Any) -> dict[str, Any]:
    data = {"g-TOTAL_FORMS": len(names) if total is None else total, "g-INITIAL_FORMS": 0}
    for n, name in enumerate(names):
        data |= {f"g-{n}-name": name, f"g-{n}-seats": "1"}
    return {key: str(value) for key, value in (data | more).items()}


def guests(*names: str, **more: Any) -> RowEditor:
    editor: RowEditor = Guests(sent(*names, **more), prefix="g")
    return editor


def names(editor: RowEditor) -> list[str]:
    assert editor.is_valid(), editor.errors
    return [row["name"] for row in editor.values]


def test_a_column_is_declared_once_by_its_field() -> None:
    columns = [(c.name, c.label, c.kind, c.width) for c in guests().columns]
    assert columns == [
        ("name", "Name", "text", ""),
        ("seats", "Seats", "number", "short"),
        ("table", "Table", "label", ""),
    ]


def test_rows_come_in_the_order_of_the_page_and_without_a_place_behind_the_others() -> None:
    order = {"g-0-ORDER": 3, "g-1-ORDER": "x", "g-2-ORDER": 1, "g-3-ORDER": "9" * 4400}
    assert names(guests("a", "b", "c", "d", **order)) == ["c", "a", "b", "d"]
    assert names(guests("a", "b", "c")) == ["a", "b", "c"]


def test_blank_rows_and_gaps_are_no_rows() -> None:
    editor = guests("a", " ", "c", **{"g-1-seats": "nonsense", "g-1-ORDER": "1"})
    assert names(editor) == ["a", "c"]
    assert names(guests("a", total=3, **{"g-2-name": "c", "g-2-seats": "1"})) == ["a", "c"]


def test_every_bad_cell_is_told_by_its_place_among_the_rows_that_say_something() -> None:
    editor = guests("", "a", "much too long", **{"g-1-seats": "x"})
    assert not editor.is_valid()
    assert [(e["row"], e["cell"]) for e in editor.cell_errors] == [(0, "seats"), (1, "name")]


def test_what_is_there_once_is_refused_twice() -> None:
    editor = guests("a", "b", "a", "a")
    assert not editor.is_valid() and [(e["row"], e["cell"]) for e in editor.cell_errors] == [(2, "name")]


@pytest.mark.parametrize(
    ("press", "order"),
    [
        ({"g-up": 1}, ["b", "a", "host"]),
        ({"g-down": 1}, ["a", "host", "b"]),
        ({"g-up": 0}, ["a", "b", "host"]),
        ({"g-down": 2}, ["a", "b", "host"]),
        ({"g-remove": 0}, ["b", "host"]),
        ({"g-remove": 2}, ["a", "b", "host"]),
        ({"g-up": "7"}, ["a", "b", "host"]),
        ({"other-up": 1}, ["a", "b", "host"]),
    ],
)
def test_a_button_rearranges_without_a_script(press: dict[str, Any], order: list[str]) -> None:
    assert names(guests("a", "b", "host", **press)) == order


def test_a_row_that_is_removed_is_not_asked() -> None:
    assert names(guests("a", "b", **{"g-1-seats": "x", "g-remove": 1})) == ["a"]


def test_what_is_rearranged_is_shown_unchecked_and_a_new_row_may_come() -> None:
    again = guests("a", "", "b", **{"g-0-seats": "x", "g-2-ORDER": 1, "g-add": 1}).rearranged()
    assert [row["name"].value() for row in again.forms[:4]] == ["b", "a", "", None]
    assert again.forms[1]["seats"].value() == "x" and not again.is_bound
    full = guests("a", "b", "c", "d", **{"g-add": 1}).rearranged()
    assert len(full.forms) == 4


def test_what_comes_back_with_errors_has_a_fresh_row_whose_name_nobody_has() -> None:
    editor = guests("", "a", "much too long")
    shown = [row.index for row in editor.shown_rows]
    assert shown == ["1", "2", "3"]
    assert editor.shown_management_form["TOTAL_FORMS"].value() == 4
    assert [row.index for row in guests("a", "b", "c", "d").shown_rows] == ["0", "1", "2", "3"]


def test_a_stored_table_has_a_row_to_go_on_in_until_it_is_full() -> None:
    stored = [{"name": name} for name in "abcd"]
    assert [len(Guests(prefix="g", initial=stored[:n]).shown_rows) for n in (0, 3, 4)] == [1, 4, 4]


@pytest.mark.parametrize("total", ["", "x", "9" * 4400, "6", "1000000"])
def test_a_count_that_nobody_means_is_a_sentence_and_no_thousand_rows(total: str) -> None:
    editor = guests("a", total=total)
    assert not editor.is_valid() and len(editor.non_form_errors()) == 1 and len(editor.forms) <= 5


def test_without_its_counts_a_table_is_refused_and_not_emptied() -> None:
    editor = Guests({}, prefix="g")
    assert not editor.is_valid() and "表格数据不完整" in str(editor.non_form_errors())


def test_one_row_above_the_limit_is_read_so_that_the_action_can_refuse_it() -> None:
    assert len(names(guests("a", "b", "c", "d", "e"))) == 5
