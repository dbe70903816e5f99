"""The tables of an application go out to Excel and come back the same; what is wrong is told by row."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from rounds.models import FormSection
from tests.factories import a_round, a_venture, an_applicant
from ventures.application.content import ApplicationContent, digest, form_of
from ventures.models import Venture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client: Any) -> SimpleNamespace:
    user, organization = an_applicant()
    round_ = a_round()
    for n, slug in enumerate(("basic", "team", "narrative", "indicators", "schedule", "budget"), 1):
        FormSection.objects.create(round=round_, slug=slug, ordinal=n)
    client.force_login(user)
    return SimpleNamespace(user=user, venture=a_venture(round=round_, organization=organization))


def template(client: Any, world: SimpleNamespace, table: str) -> Any:
    answer = client.get(reverse("apply_table_out", args=[world.venture.pk, table]))
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def send(client: Any, world: SimpleNamespace, table: str, book: Any, **more: Any) -> Any:
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("表.xlsx", out.getvalue())
    return client.post(reverse("apply_table_in", args=[world.venture.pk, table]), {"file": file, **more})


def budget(world: SimpleNamespace) -> Any:
    venture = Venture.objects.get(pk=world.venture.pk)
    return ApplicationContent(venture).values(form_of(venture.round), ["budget"])["budget"]


def test_the_budget_goes_out_and_comes_back_the_same(client: Any, world: SimpleNamespace) -> None:
    before = budget(world)
    assert send(client, world, "budget", template(client, world, "budget")).status_code == 302
    assert budget(world) == before


def test_rows_are_added_with_their_sums(client: Any, world: SimpleNamespace) -> None:
    book = template(client, world, "budget")
    sheet = book.worksheets[0]
    for column, value in enumerate(("活动费用", "讲师费", 300, 4, "次", 200, "市场价"), 1):
        sheet.cell(4, column, value)
    send(client, world, "budget", book)
    venture = Venture.objects.get(pk=world.venture.pk)
    assert str(venture.total_budget) == "51200.00"
    assert str(venture.self_raised) == "200.00"


def test_each_bad_cell_is_told_by_row_and_nothing_is_changed(client: Any, world: SimpleNamespace) -> None:
    before = budget(world)
    book = template(client, world, "budget")
    sheet = book.worksheets[0]
    for row, values in (
        (4, ("活动费用", "讲师费", "三百", 4)),
        (5, ("烟酒", "礼品", 100, -1)),
        (6, ("活动费用", "好的一行", 1, 1)),
    ):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    answer = send(client, world, "budget", book)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "三百" in text
    assert "烟酒" in text
    for row in ("4", "5"):
        assert f"第 {row} 行" in text or f"第{row}行" in text or f"Row {row}" in text
    assert budget(world) == before


def test_what_a_colleague_has_changed_is_not_replaced(client: Any, world: SimpleNamespace) -> None:
    from ventures import actions

    book = template(client, world, "budget")
    base_digest = digest(budget(world))
    book.worksheets[0].cell(2, 2, "我改的用途")
    rows = [
        dict(row)
        for row in world.venture.budget_lines.values(
            "head", "detail", "unit_price", "quantity", "unit", "amount", "from_grant", "from_own", "basis"
        )
    ]
    rows[0]["detail"] = "同事改的用途"
    actions.save_draft(world.venture, by=world.user, values={"budget": rows})
    answer = send(client, world, "budget", book, base_digest=base_digest)
    assert answer.status_code == 422
    assert budget(world)[0]["detail"] == "同事改的用途"


@pytest.mark.parametrize("table", ["team", "indicators", "schedule"])
def test_every_table_has_a_template(client: Any, world: SimpleNamespace, table: str) -> None:
    assert template(client, world, table).worksheets[0].cell(1, 1).value


def test_the_schedule_is_filled_in_excel(client: Any, world: SimpleNamespace) -> None:
    from datetime import date

    book = template(client, world, "schedule")
    sheet = book.worksheets[0]
    year = world.venture.round.year
    for column, value in enumerate((date(year, 5, 1), f"{year}/5/31", "开班仪式", "", "社区", 1, 40, "张老师"), 1):
        sheet.cell(2, column, value)
    assert send(client, world, "schedule", book).status_code == 302
    line = world.venture.schedule.get()
    assert (line.ends_on, line.attendance) == (date(year, 5, 31), 40)


def test_a_file_that_is_no_workbook_is_refused(client: Any, world: SimpleNamespace) -> None:
    file = SimpleUploadedFile("表.xlsx", b"not a zip")
    answer = client.post(reverse("apply_table_in", args=[world.venture.pk, "budget"]), {"file": file})
    assert answer.status_code == 422


def test_a_table_that_the_round_does_not_have_is_404(client: Any, world: SimpleNamespace) -> None:
    assert client.get(reverse("apply_table_out", args=[world.venture.pk, "nothing"])).status_code == 404
