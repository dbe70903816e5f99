"""What is read from files and what is printed."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stdnum.cn import uscc

from simulation.codes import credit_code
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
