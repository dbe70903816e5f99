from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from common.clock import today
from rounds.models import Round
from rounds.states import RoundState
from simulation.today import enter_calendar
from tests import factories
from ventures.models import Notice, Venture
from ventures.states import State


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_demonstration_can_be_made_twice_and_has_a_call_a_review_and_a_notice_that_run_today(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.BASE_DIR = tmp_path
    printed = demo()
    assert "HC2020-010" in printed
    assert "http://127.0.0.1:8000" in printed
    assert "hongchuang-demo-2020" in printed
    assert (tmp_path / "out" / "平湖市首届红色创投_汇总表_20201231.xlsx").is_file()

    assert [r.name for r in Round.objects.public() if r.is_call_open] == ["第六届公益创投"]
    assert [n.round.name for n in Notice.objects.all() if n.is_running] == ["第五届公益创投"]
    assert Round.objects.get(state=RoundState.IN_REVIEW).name == "第二届红色创投"
    assert Round.objects.get(series__code="GY", edition=4).state == RoundState.CALL_CLOSED
    waiting = Venture.objects.filter(round__closes_at__date__gt=today()).values_list("state", flat=True)
    assert sorted(waiting) == [State.DRAFT, State.RETURNED, State.SUBMITTED]

    before = Venture.objects.count()
    assert demo() == printed
    assert Venture.objects.count() == before


def test_the_demonstration_refuses_a_database_with_real_rounds(db: None) -> None:
    factories.a_round(is_demo=False)
    with pytest.raises(CommandError):
        demo()


def test_a_year_without_a_published_calendar_is_entered_by_the_week_and_says_so(db: None) -> None:
    from common.models import CalendarDay

    assert enter_calendar(2090) == 365
    assert enter_calendar(2090) == 0
    assert enter_calendar(2020) == 0
    assert "演示" in CalendarDay.objects.first().source
