"""Days as the State Council's notice writes them: “10月1日至7日放假。9月20日(周日)上班。”, or plain 2027-10-01 to 2027-10-07."""

import re
import unicodedata
from datetime import date, timedelta

from django.utils.translation import gettext as _

from common.errors import Invalid

WORKED = re.compile("上班|补班|调班")
NONE = re.compile("无|没有|none", re.IGNORECASE)
ASIDES = re.compile(r"\([^)]*\)|共\s*\d+\s*天|^\s*\d+\s*[.、]\s*(?=\D)|与周末连休")
ENDS = re.compile("[\n。;]|(?<=[班假]),")
DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*[年./-]\s*)?(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<same>\d{1,2})\s*[日号]"
)
TO = re.compile(r"\s*(?:至|到|to|[—–~-]+)\s*(?:(?P<last>\d{1,2})(?!\s*[\d月./-])\s*[日号]?)?")


def read_holidays(year: int, text: str) -> tuple[set[date], set[date]]:
    """Days off and make-up workdays of a text in which sentences with 上班 name the latter.

    Raises Invalid with the line that is not understood, or a day of another year.
    """
    off: set[date] = set()
    worked: set[date] = set()
    for sentence in _sentences(text):
        (worked if WORKED.search(sentence) else off).update(_days(year, sentence))
    return off, worked


def read_days(year: int, text: str) -> set[date]:
    """The days of a text, whatever it says of them; “无” says that there are none.

    Raises Invalid like the other; here a line without a day is not understood either: a slip would lose a workday.
    """
    found: set[date] = set()
    for sentence in _sentences(text):
        days = _days(year, sentence)
        if not days and not NONE.fullmatch(sentence):
            raise Invalid(_not_understood(sentence))
        found |= days
    return found


def _sentences(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).replace("。", "。\n")
    return [s.strip() for s in ENDS.split(plain) if s.strip()]


def _days(year: int, sentence: str) -> set[date]:
    rest = ASIDES.sub("", sentence)
    found: set[date] = set()
    left, at, before = "", 0, None
    while match := DAY.search(rest, at):
        left += rest[at : match.start()]
        if match["same"] and before is None:
            raise Invalid(_not_understood(sentence))
        first = _date(year, match, before, sentence)
        last, at = first, match.end()
        if to := TO.match(rest, at):
            at = to.end()
            if to["last"]:
                last = _day_of(first.year, first.month, int(to["last"]), sentence)
            elif until := DAY.match(rest, at):
                last, at = _date(year, until, first, sentence), until.end()
            else:
                raise Invalid(_not_understood(sentence))
        if last < first:
            raise Invalid(_("“%(line)s”: the last day is before the first.") % {"line": sentence[:60]})
        for day in (first, last):
            if day.year != year:
                raise Invalid(
                    _("“%(line)s”: %(day)s is not of %(year)s. Enter it with its own year.")
                    % {"line": sentence[:60], "day": day, "year": year}
                )
        found |= {first + timedelta(n) for n in range((last - first).days + 1)}
        before = last
    if re.search(r"\d", left + rest[at:]):
        raise Invalid(_not_understood(sentence))
    return found


def _date(year: int, match: re.Match[str], before: date | None, sentence: str) -> date:
    if match["same"]:
        assert before is not None
        return _day_of(before.year, before.month, int(match["same"]), sentence)
    return _day_of(int(match["year"] or year), int(match["month"]), int(match["day"]), sentence)


def _day_of(year: int, month: int, day: int, sentence: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid(_("“%(line)s”: there is no such day.") % {"line": sentence[:60]}) from None


def _not_understood(sentence: str) -> str:
    return _(
        "“%(line)s” is not understood. Write one day or one range a line, for instance 10月1日至7日 or 2027-10-01."
    ) % {"line": sentence[:60]}
