"""Asking for a workbook, making it once, keeping it whole, handing it out."""

import hashlib
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Role
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.actors import SYSTEM
from common.models import Job, JournalEntry
from common.work.jobs import Finish, run_pending
from reports import actions
from reports.audience import Audience
from reports.models import Workbook
from reports.queries import workbooks_visible_to
from tests.reports.conftest import column_of, opened, path_of
from tests.reports.data import World, user, venture
from ventures.states import State

pytestmark = pytest.mark.engines

Make = Callable[..., Workbook]


def test_a_clerk_asks_and_gets_one_whole_file(world: World, make: Make) -> None:
    workbook = make(world)
    content = path_of(workbook).read_bytes()
    assert workbook.name == "平湖市首届红色创投_汇总表_20201231.xlsx"
    assert (workbook.size, workbook.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (workbook.ventures, workbook.as_of) == (10, date(2020, 12, 31))
    assert workbook.sheets == ["projects", "scores", "money", "closure", "incubation"]
    assert (workbook.job.state, workbook.job.done) == (Job.State.DONE, workbook.job.total)
    assert workbook.job.total > 100
    assert JournalEntry.objects.of(workbook).get().by_name == "初审员"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"sheets": ["projects"]}, "平湖市首届红色创投_项目汇总表_20201231.xlsx"),
        ({"sheets": ["money", "projects"]}, "平湖市首届红色创投_汇总表_20201231.xlsx"),
        ({"town": "林埭镇"}, "平湖市首届红色创投_林埭镇社会组织服务中心_汇总表_20201231.xlsx"),
        ({"sheets": ["closure"], "as_of": date(2020, 6, 30)}, "平湖市首届红色创投_结项情况表_20200630.xlsx"),
    ],
)
def test_the_file_is_named_as_the_bureau_files_it(empty: World, make: Make, asked: dict[str, Any], name: str) -> None:
    if "town" in asked:
        asked = {"platform": empty.towns[asked["town"]]}
    assert make(empty, **asked).name == name


def test_payments_after_the_last_day_do_not_count(world: World, make: Make) -> None:
    ws = opened(make(world, sheets=["money"], as_of=date(2020, 6, 30)), values=True)["资金拨付表"]
    assert ws.cell(5, column_of(ws, "累计拨付")).value == 22550.02
    assert ws.cell(5, column_of(ws, "二期款", "金额")).value is None


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ({"sheets": ["projects", "gossip"]}, "sheets", "gossip"),
        ({"sheets": []}, "sheets", ""),
        ({"as_of": date(2021, 1, 1)}, "as_of", "2021-01-01"),
    ],
)
def test_what_makes_no_sense_is_refused(
    empty: World, clerk: Any, asked: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.request_workbook(empty.round, by=clerk, **asked)
    assert sentence in refused.value.fields[field][0]
    assert not Job.objects.exists()


def test_a_platform_of_another_city_is_refused(empty: World, clerk: Any) -> None:
    other = type(empty.city).objects.create(name="海盐县社会组织孵化中心", tier="city", place=empty.city.place)
    with pytest.raises(Invalid, match="海盐县"):
        actions.request_workbook(empty.round, by=clerk, platform=other)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.SUPERVISOR])
def test_who_has_no_part_in_the_office_may_not_make_summaries(empty: World, role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.request_workbook(empty.round, by=user("somebody", role))


def test_an_operator_makes_summaries_of_the_own_platforms_and_those_below(empty: World, make: Make) -> None:
    operator = user("operator", Role.OPERATOR)
    empty.towns["林埭镇"].operators.add(operator)
    assert make(empty, by=operator, platform=empty.towns["林埭镇"])
    assert make(empty, by=operator, platform=empty.village)
    for elsewhere in (None, empty.towns["独山港镇"]):
        with pytest.raises(NotAllowed):
            actions.request_workbook(empty.round, by=operator, platform=elsewhere)


def test_workbooks_are_seen_by_the_office_and_by_the_platform_they_are_about(empty: World, make: Make) -> None:
    operator = user("operator", Role.OPERATOR)
    empty.towns["林埭镇"].operators.add(operator)
    places = (None, empty.towns["林埭镇"], empty.towns["独山港镇"])
    city, town, other = (make(empty, platform=p, audience=Audience.PLATFORM) for p in places)
    assert set(workbooks_visible_to(user("supervisor", Role.SUPERVISOR))) == {city, town, other}
    assert set(workbooks_visible_to(operator)) == {town}
    assert not workbooks_visible_to(user("applicant", Role.APPLICANT))


@pytest.mark.parametrize("sign", "=+-@")
def test_what_an_applicant_typed_is_never_a_formula(empty: World, make: Make, sign: str) -> None:
    venture(empty, 1, State.SUBMITTED, leader=f"{sign}HYPERLINK(1)", phone="", title=f"{sign}1+1")
    ws = opened(make(empty, sheets=["projects"]))["项目汇总表"]
    cell = ws.cell(5, column_of(ws, "项目负责人"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (f"{sign}HYPERLINK(1)", "s", True)


def test_control_characters_do_not_break_the_file(empty: World, make: Make) -> None:
    venture(empty, 1, State.SUBMITTED, leader="负\x0b责\u202e人")
    ws = opened(make(empty, sheets=["projects"]))["项目汇总表"]
    assert ws.cell(5, column_of(ws, "项目负责人")).value == "负责人"


def test_drafts_are_not_reported(empty: World, make: Make) -> None:
    venture(empty, 1, State.DRAFT)
    assert make(empty).ventures == 0


def test_a_second_start_of_a_finished_job_makes_nothing_new(empty: World, make: Make) -> None:
    workbook = make(empty)
    assert run_pending([workbook.job_id]) == 0
    assert [p.name for p in actions.folder().iterdir()] == [path_of(workbook).name]


def test_a_run_that_fails_in_the_middle_leaves_nothing(world: World, clerk: Any) -> None:
    job = actions.request_workbook(world.round, by=clerk)

    def die(done: int, total: int) -> None:
        if done > total / 2:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        actions.make_workbook(job, die)
    assert list(actions.folder().iterdir()) == []
    assert not Workbook.objects.exists()


def test_what_a_killed_run_left_is_gone_after_the_next_run(empty: World, make: Make, clerk: Any) -> None:
    job = actions.request_workbook(empty.round, by=clerk)
    actions.folder().mkdir(parents=True)
    stranger = actions.folder() / ".other.0.whole.tmp"
    for name in (f".{job.pk}.0.draft.tmp", f".{job.pk}.0.whole.tmp", f"{job.pk}.0.xlsx", stranger.name):
        (actions.folder() / name).write_text("half")
    run_pending([job.pk])
    kept = {path_of(Workbook.objects.get()).name, stranger.name}
    assert {p.name for p in actions.folder().iterdir()} == kept


def test_no_row_points_to_a_file_before_the_job_is_finished(empty: World, clerk: Any) -> None:
    job = actions.request_workbook(empty.round, by=clerk)
    finish = actions.make_workbook(job, lambda done, total: None)
    assert isinstance(finish, Finish)
    assert not Workbook.objects.exists()
    finish.commit()
    assert path_of(Workbook.objects.get()).exists()


def test_a_copy_goes_out_under_its_proper_name(empty: World, make: Make, tmp_path: Path) -> None:
    workbook = make(empty)
    copy = actions.export(workbook, tmp_path / "out", by=SYSTEM)
    assert copy == tmp_path / "out" / "平湖市首届红色创投_汇总表_20201231.xlsx"
    assert copy.read_bytes() == path_of(workbook).read_bytes()
    assert stat.S_ISREG(copy.stat().st_mode)
    assert list(copy.parent.iterdir()) == [copy]


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(empty: World, make: Make, tmp_path: Path) -> None:
    workbook = make(empty)
    path_of(workbook).write_bytes(b"something else")
    with pytest.raises(Conflict):
        actions.export(workbook, tmp_path, by=SYSTEM)
