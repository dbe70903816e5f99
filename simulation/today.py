"""Rounds around the real today: a demonstration has a call, a review, a notice and a delivery that run now."""

from datetime import date, timedelta

import chinese_calendar

from common.clock import at, today
from common.machine.door import move
from common.models import CalendarDay
from rounds.models import Round
from rounds.states import RoundState
from simulation.play import Played, Progress, play, silent
from simulation.reference import FIXTURES
from simulation.rounds import existing
from simulation.spec import read

SPEC = FIXTURES / "demo_today.yaml"
# How far the file goes; the working days of these years have to be known.
BEHIND, AHEAD = timedelta(days=300), timedelta(days=120)
CALENDAR_SOURCE = "演示日历：按周一至周五推算，不是国务院公布的调休安排"


def play_today(progress: Progress = silent) -> Played:
    """Play the rounds of the file that are not there yet."""
    first = today()
    for year in sorted({(first - BEHIND).year, first.year, (first + AHEAD).year}):
        enter_calendar(year)
    story = read(SPEC, base=first)
    story.rounds = [r for r in story.rounds if existing(r) is None]
    return play(story, progress) if story.rounds else Played()


def enter_calendar(year: int) -> int:
    """Enter a year that the package does not know and nobody has entered, by the week. Returns how many days."""
    day, last = date(year, 1, 1), date(year, 12, 31)
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        if CalendarDay.objects.filter(day__range=(day, last)).exists():
            return 0
        days = [day + timedelta(n) for n in range((last - day).days + 1)]
        rows = [CalendarDay(day=d, is_workday=d.weekday() < 5, source=CALENDAR_SOURCE) for d in days]
        return len(CalendarDay.objects.bulk_create(rows))
    return 0


def close_past_call(round_: Round, by: object) -> bool:
    """The call that the 2020 event launched is long over today: close it on the morning after."""
    morning_after = round_.closes_at + timedelta(hours=9)
    if round_.state != RoundState.OPEN or morning_after.date() > today():
        return False
    with at(morning_after):
        move(round_, "close_call", by=by)
    return True
