"""An export is a door: it tells no more than the pages tell to whom it is made for, and goes to nobody else."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from common.clock import now
from common.errors import Invalid
from common.models import Job
from common.work.jobs import run_pending
from reports import actions
from reports.audience import Audience, audiences_of
from reports.models import Workbook
from reports.queries import workbooks_visible_to
from reviews.models import Review
from rounds.states import RoundState
from tests.reports import data
from tests.reports.conftest import column_of, opened
from ventures.states import State

pytestmark = pytest.mark.django_db

Make = Callable[..., Workbook]


def words(book: Any) -> str:
    """Every cell of a workbook."""
    return "\n".join(str(cell) for ws in book for row in ws.iter_rows(values_only=True) for cell in row if cell)


@pytest.fixture
def selected(db: Any) -> data.World:
    """A round after the selection and before the notice, with a venture of the town."""
    world = data.empty_world(state=RoundState.IN_REVIEW)
    data.venture(
        world, 1, State.PROPOSED, town="林埭镇", title="拟立项的项目", awarded=Decimal("43210.00"),
        requested=Decimal("50000.00"), score=Decimal("87.65"), rank=1,
    )  # fmt: skip
    return world


def an_operator(world: data.World) -> Any:
    operator = data.user("operator", Role.OPERATOR)
    world.towns["林埭镇"].operators.add(operator)
    return operator


SELECTION = ("拟立项", "43210", "87.65")


def test_before_the_notice_an_operator_gets_no_selection(selected: data.World, make: Make) -> None:
    book = make(selected, by=an_operator(selected), platform=selected.towns["林埭镇"])
    told = words(opened(book, values=True)).replace("拟立项的项目", "")
    assert book.audience == Audience.PLATFORM and "评审中" in told
    assert [word for word in SELECTION if word in told] == []


def test_the_office_gets_the_selection_and_its_file_is_closed_to_the_platform(selected: data.World, make: Make) -> None:
    operator = an_operator(selected)
    book = make(selected, platform=selected.towns["林埭镇"], sheets=["projects"])
    assert book.audience == Audience.OFFICE and "87.65" in words(opened(book, values=True))
    assert set(workbooks_visible_to(operator)) == set()
    client = Client()
    client.force_login(operator)
    assert client.get(reverse("desk_report_download", args=[book.pk])).status_code == 404


def test_what_the_office_makes_for_a_platform_tells_it_no_selection(selected: data.World, make: Make) -> None:
    book = make(selected, platform=selected.towns["林埭镇"], audience=Audience.PLATFORM)
    told = words(opened(book, values=True)).replace("拟立项的项目", "")
    assert [word for word in SELECTION if word in told] == []
    assert "本表供孵化平台使用" in told


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FINANCE, Role.ADMIN])
def test_who_does_not_run_the_review_gets_no_scores(selected: data.World, role: Role) -> None:
    by = an_operator(selected) if role == Role.OPERATOR else data.user("somebody", role)
    platform = selected.towns["林埭镇"]
    with pytest.raises(Invalid) as refused:
        actions.request_workbook(selected.round, by=by, platform=platform, sheets=["scores"])
    assert "评分汇总表" in refused.value.fields["sheets"][0]
    job = actions.request_workbook(selected.round, by=by, platform=platform)
    assert "scores" not in job.params["sheets"] and len(job.params["sheets"]) == 4


def test_scores_are_not_made_for_a_platform(selected: data.World, clerk: Any) -> None:
    with pytest.raises(Invalid, match="评审工作人员"):
        actions.request_workbook(selected.round, by=clerk, sheets=["scores"], audience=Audience.PLATFORM)


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.CLERK, True), (Role.MANAGER, True), (Role.SUPERVISOR, True), (Role.FINANCE, False), (Role.ADMIN, False)],
)
def test_a_file_with_scores_goes_to_who_runs_the_review(
    selected: data.World, make: Make, role: Role, sees: bool
) -> None:
    scores, projects = make(selected), make(selected, sheets=["projects"])
    assert (scores.audience, projects.audience) == (Audience.REVIEW, Audience.OFFICE)
    reader = data.user("reader", role)
    assert set(workbooks_visible_to(reader)) == ({scores, projects} if sees else {projects})
    assert (Audience.REVIEW in audiences_of(reader)) is sees


@pytest.mark.parametrize("who", [Role.CLERK, Role.OPERATOR])
def test_nothing_of_a_sealed_round_is_exported(db: Any, make: Make, who: Role) -> None:
    world = data.empty_world(state=RoundState.OPEN, sealed=True, closes_at=now() + timedelta(days=1))
    data.venture(world, 1, State.SUBMITTED, town="林埭镇", title="封存的项目")
    by = an_operator(world) if who == Role.OPERATOR else data.user("somebody", who)
    book = make(world, by=by, platform=world.towns["林埭镇"])
    assert book.ventures == 0
    assert "封存的项目" not in words(opened(book, values=True))


def test_half_a_panel_is_on_no_sheet(world: data.World, make: Make) -> None:
    venture = world.ventures[0]
    first = Review.objects.filter(venture=venture, state=Review.State.SUBMITTED).order_by("pk").first()
    assert first is not None
    Review.objects.filter(pk=first.pk).update(state=Review.State.ASSIGNED)
    venture.result.delete()
    book = opened(make(world, sheets=["scores"]), values=True)
    ws = book["评分汇总表"]
    row = next(r for r in range(5, ws.max_row) if ws.cell(r, 2).value == venture.number)
    assert ws.cell(row, column_of(ws, "备注")).value == "评分未齐"
    assert [ws.cell(row, column_of(ws, f"专家{n}")).value for n in (1, 2, 3) if n] in ([None] * 3, [None, None, "回避"])


def test_who_has_lost_the_role_meanwhile_gets_nothing(selected: data.World, clerk: Any) -> None:
    job = actions.request_workbook(selected.round, by=clerk)
    clerk.role = Role.FINANCE
    clerk.save()
    run_pending([job.pk])
    assert Job.objects.get(pk=job.pk).state == Job.State.FAILED
    assert not Workbook.objects.exists()


def test_the_order_form_offers_what_one_may_read(selected: data.World) -> None:
    client = Client()
    client.force_login(an_operator(selected))
    page = client.get(reverse("desk_reports")).content.decode()
    assert "项目汇总表" in page and "评分汇总表" not in page and 'name="audience"' not in page
    client.force_login(data.user("manager", Role.MANAGER))
    page = client.get(reverse("desk_reports")).content.decode()
    assert "评分汇总表" in page and 'name="audience"' in page


def test_what_is_ordered_for_a_platform_leaves_the_scores_out_and_says_so(selected: data.World) -> None:
    client = Client()
    client.force_login(data.user("manager", Role.MANAGER))
    asked = {
        "round": selected.round.pk, "platform": selected.towns["林埭镇"].pk, "as_of": "2020-12-31",
        "sheets": ["projects", "scores"], "audience": "platform",
    }  # fmt: skip
    page = client.post(reverse("desk_reports"), asked, follow=True).content.decode()
    assert "未包含“评分汇总表”" in page
    assert Job.objects.get().params["sheets"] == ["projects"]
