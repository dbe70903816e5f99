"""24:00. What ends with a day is stored as 00:00 of the next one; people write and read 24:00 of the day that ends."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

END_OF_DAY = "24:00"
A_MOMENT = timedelta(microseconds=1)


def start_of(day: date) -> datetime:
    """00:00 of the day in Asia/Shanghai."""
    return make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """24:00 of the day."""
    return start_of(day + timedelta(days=1))


def last_day_of(end: datetime) -> date:
    """The day that a period ends with: what ends at 24:00 ends on that day, not on the next."""
    return localtime(end - A_MOMENT).date()


def end_on(day: date, clock: str) -> datetime:
    """What somebody has written, as it is stored: a day and `17:30` or `24:00`."""
    return end_of(day) if clock == END_OF_DAY else make_aware(datetime.combine(day, time.fromisoformat(clock)))


def day_and_clock(end: datetime) -> tuple[date, str]:
    """The other way round."""
    local = localtime(end)
    return last_day_of(end), END_OF_DAY if local.time() == time.min else f"{local:%H:%M}"


def told(end: datetime | date) -> str:
    """2020-06-30 17:30, or 2020-06-30 24:00; of a day its end."""
    day, clock = day_and_clock(end if isinstance(end, datetime) else end_of(end))
    return f"{day} {clock}"


def moved_to(end: datetime, day: date) -> datetime:
    """The same end on another last day."""
    return make_aware(datetime.combine(day, localtime(end - A_MOMENT).time())) + A_MOMENT
