"""What is read from files and what is printed."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stdnum.cn import uscc

from simulation.codes import credit_code
from simulation.reference import FIXTURES
from simulation.scene import must_be_refused
from simulation.spec import moment, read
from simulation.story import SimulationError
from simulation.tables import table, width

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_chinese_character_is_two_cells_wide() -> None:
    assert width("红创HC") == 6
    lines = table(["项目", "元"], [["一", "12.00"], ["三四五", "3.00"]], right=[1]).splitlines()
    assert len({width(line) for line in lines}) == 1


def test_days_are_read_in_shanghai_and_relative_days_from_their_base() -> None:
    assert moment(date(2020, 12, 7)) == datetime(2020, 12, 7, 9, tzinfo=SHANGHAI)
    assert moment("2020-12-07 13:30") == datetime(2020, 12, 7, 13, 30, tzinfo=SHANGHAI)
    assert moment("-3 17:00", date(2026, 3, 2)) == datetime(2026, 2, 27, 17, tzinfo=SHANGHAI)
    assert moment(0, date(2026, 3, 2)) == datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def test_a_file_that_is_no_story_is_named(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match=r"nothing\.yaml"):
        read(tmp_path / "nothing.yaml")
    (tmp_path / "list.yaml").write_text("- 1\n")
    with pytest.raises(SimulationError, match=r"list\.yaml"):
        read(tmp_path / "list.yaml")


def test_synthetic_codes_have_a_right_check_digit() -> None:
    codes = [credit_code(kind, n) for kind in ("51", "52", "53") for n in range(1, 400)]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_a_door_that_does_not_refuse_stops_the_play() -> None:
    with pytest.raises(SimulationError):
        must_be_refused(lambda: None)


def test_ventures_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    story = read(FIXTURES / "demo_today.yaml", base=date(2026, 3, 2))
    delivery = next(r for r in story.rounds if r.until == "delivery")
    assert len(delivery.ventures) == 11
    row = delivery.ventures[0].tables["schedule"][0]
    assert (row["starts_on"], row["sessions"]) == (date(2025, 9, 23), 0)
    assert story.rounds[0].facts["year"] == 2025  # of its call, whatever the year in which the demonstration is made


def test_a_venture_stands_before_the_step_that_nobody_has_taken() -> None:
    story = read(FIXTURES / "demo_today.yaml", base=date(2026, 3, 2))
    ventures = [v for r in story.rounds if r.until == "delivery" for v in r.ventures]
    waiting = next(v for v in ventures if v.left_at == "mid_term")
    assert waiting.gets_beyond("in_delivery")
    assert not waiting.gets_beyond("mid_term")
    assert not waiting.gets_beyond("evaluated")
    assert next(v for v in ventures if not v.left_at).gets_beyond("tail_paid")
    with pytest.raises(SimulationError, match="left_at"):
        replace(waiting, left_at="somewhere")
