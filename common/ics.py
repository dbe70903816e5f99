"""Calendar files (.ics, RFC 5545): whole days that a phone or a mail program takes over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Hongchuang//Calendar of phases//ZH"


@dataclass(frozen=True)
class Entry:
    """Whole days from `first` to `last`, both included. `key` stays the same for the same thing, so that what is fetched
    again takes the place of what is there; `revision` grows with every change, `changed` is when the last one was."""

    key: str
    first: date
    last: date
    title: str
    revision: int
    changed: datetime  # aware
    text: str = ""
    url: str = ""


def calendar_file(name: str, entries: Iterable[Entry], *, host: str) -> bytes:
    """The file as it is sent. `host` is the site's name: two cities may number their rounds alike."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)  # what phones read; `name` of RFC 7986 is not read by many
    calendar.add("name", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for entry in entries:
        calendar.add_component(_event(entry, host))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", entry.changed)  # of what is published it is the same as LAST-MODIFIED (RFC 5545, 3.8.7.2)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(1))  # the day after: the end is not included
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if entry.text:
        event.add("description", entry.text)
    if entry.url:
        event.add("url", entry.url)
    return event
