"""What stands in a workbook and its author does not see is named, and taken only by who says that it is meant."""

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from common.spreadsheets import Hidden, read_cells
from rounds.models import FormSection
from tests.factories import a_round, a_venture, an_applicant
from tests.ventures.test_tables_in_excel import budget
from tests.web.desk_world import body
from ventures.models import Venture

pytestmark = pytest.mark.django_db


def a_book(rows: int = 20, columns: int = 4) -> Any:
    book = openpyxl.Workbook()
    for n in range(1, rows + 1):
        book.active.append([f"{n}-{c}" for c in range(columns)])
    return book


def content_of(book: Any) -> io.BytesIO:
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def hidden_in(book: Any) -> Hidden:
    hidden = Hidden()
    list(read_cells(content_of(book), name="a.xlsx", max_rows=100, max_columns=10, hidden=hidden))
    return hidden


def filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:D20"
    for row in (3, 4, 5, 9):
        sheet.row_dimensions[row].hidden = True


def flattened(sheet: Any) -> None:
    sheet.row_dimensions[7].height = 0.1


def folded(sheet: Any) -> None:
    sheet.column_dimensions.group("B", "C", hidden=True)


def without_content(sheet: Any) -> None:
    sheet.row_dimensions[40].hidden = True
    sheet.column_dimensions["J"].hidden = True


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (filtered, ["Hidden rows in which something stands: 3–5, 9."]),
        (flattened, ["Hidden rows in which something stands: 7."]),
        (folded, ["Hidden columns in which something stands: B–C."]),
        (without_content, []),
    ],
)
def test_hidden_rows_and_columns_with_content_are_named(how: Any, told: list[str]) -> None:
    book = a_book()
    how(book.active)
    with translation.override("en"):
        assert hidden_in(book).told() == told


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_named(state: str) -> None:
    book = a_book()
    book.create_sheet("底稿").sheet_state = state
    with translation.override("en"):
        assert hidden_in(book).told() == ["Hidden sheets, which are not read: 底稿."]


def test_a_table_with_hidden_rows_is_taken_over_only_by_who_says_so(client: Any) -> None:
    user, organization = an_applicant()
    round_ = a_round()
    FormSection.objects.create(round=round_, slug="budget", ordinal=1)
    venture = a_venture(round=round_, organization=organization)
    client.force_login(user)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("apply_table_out", args=[venture.pk, "budget"])).content)
    )
    sheet = book.worksheets[0]
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None)
    sheet.row_dimensions[last].hidden = True
    before = budget_of(venture)
    url = reverse("apply_table_in", args=[venture.pk, "budget"])

    def send(**more: str) -> Any:
        file = SimpleUploadedFile("表.xlsx", content_of(book).getvalue())
        return client.post(url, {"file": file, **more})

    page = send()
    assert page.status_code == 422 and f"{last}" in body(page) and 'name="with_hidden"' in body(page)
    assert budget_of(venture) == before
    assert send(with_hidden="on").status_code == 302


def budget_of(venture: Venture) -> Any:
    return budget(SimpleNamespace(venture=venture))


def test_the_lists_of_our_own_templates_are_not_asked_about() -> None:
    book = a_book()
    book.create_sheet("选项").sheet_state = "hidden"
    book.create_sheet("Choices").sheet_state = "hidden"
    assert not hidden_in(book)
