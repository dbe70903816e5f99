"""The kinds of columns. A kind is a template of its cell and what is said of it here; the value comes from the row."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

Value = str | Callable[[Any], Any]


@dataclass
class Column:
    """A column of a list.

    `value` says where a row has it: an attribute ("round.name"; the column's own name if nothing is given) or a function
    of the row. What it gives is plain (Decimal, date, str …): cells format it, an export takes it as it is.
    `sort` is the field of the model by which the list can be put in order; "pk" is the order in which rows came.
    """

    label: Any
    value: Value = ""
    _: KW_ONLY
    sort: str = ""
    on_card: bool = True  # at 390 px rows are cards: does the card tell this?
    css: str = ""
    marked: bool = False  # what a search found is marked in it
    name: str = field(default="", init=False)
    kind_css: ClassVar[str] = ""
    hides_heading: ClassVar[bool] = False
    falls_first: ClassVar[bool] = False  # the first click on the heading: the largest, the newest on top

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.of = self.value if callable(self.value) else attrgetter(self.value or name)

    def plain(self, row: Any) -> Any:
        """What an export writes."""
        return self.of(row)

    @property
    def is_told(self) -> bool:
        """Does an export have this column?"""
        return True

    @property
    def template(self) -> str:
        return f"common/cells/{type(self).__name__.lower()}.html"

    @property
    def classes(self) -> str:
        return " ".join(filter(None, (self.kind_css, self.css, "" if self.on_card else "only-wide")))

    @property
    def heading_css(self) -> str:
        return " ".join(name for name in ("num", "only-wide") if name in self.classes.split())

    def attributes(self, *, is_first: bool) -> SafeString:
        """Of each cell. The first one is the title of the card; the others say what they are."""
        css = format_html(' class="{}"', self.classes) if self.classes else ""
        is_labelled = self.on_card and not self.hides_heading and not is_first
        return format_html("{}{}", css, format_html(' data-label="{}"', self.label) if is_labelled else "")


class Text(Column):
    """Words; a dash where there are none."""


class Code(Text):
    """A credit code, a hash: letters of one width."""

    kind_css = "font-monospace"


class Count(Column):
    """A number, or two: held / planned."""

    kind_css = "num"
    falls_first = True


class Points(Count):
    """A score, two places."""


class Money(Count):
    """元; the heading says so."""


class Day(Column):
    falls_first = True


class Minute(Day):
    """A day with its time."""


class Period(Day):
    """From – to; the value is a pair of days."""


class State(Column):
    """The badge of the row, or of what `value` names."""

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        if not self.value:
            self.of = lambda row: row

    def plain(self, row: Any) -> Any:
        return self.of(row).get_state_display()


@dataclass(kw_only=True)
class Link(Column):
    """What the row is called, leading to its page: `to` names a page that takes `key`."""

    to: str
    key: str = "pk"
    muted: bool = False  # in the colour of text

    def url(self, row: Any) -> str:
        return reverse(self.to, args=[attrgetter(self.key)(row)])


@dataclass(kw_only=True)
class Own(Column):
    """A cell with a template of its room, which gets `row` and `cell`."""

    cell: str

    @property
    def template(self) -> str:
        return self.cell

    @property
    def is_told(self) -> bool:
        return bool(self.value)


class Buttons(Own):
    """What can be done with the row; the heading is for screen readers."""

    hides_heading = True
