"""A list: its columns, one page of its rows, and the links of its headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from common.search import asked, matching, newest_matching
from common.site.paging import PAGE, Count, bounded_count, newest_first
from common.site.tables.columns import Column
from common.site.tables.sorting import Sort, few_in_order, in_order

SORT, BEFORE = "sort", "before"  # in the address, beside the filters


@dataclass(frozen=True)
class Heading:
    column: Column
    url: str = ""  # orders the list by this column, the other way round, or as it was
    order: str = ""  # as `aria-sort` says it


class Cell:
    """What the template of a cell gets. A page has hundreds: what is the same in a column is worked out once."""

    __slots__ = ("attributes", "column", "row", "template")

    def __init__(self, column: Column, template: str, attributes: SafeString, row: Any) -> None:
        self.column, self.template, self.attributes, self.row = column, template, attributes, row

    @property
    def value(self) -> Any:
        return self.column.of(self.row)

    @property
    def url(self) -> str:
        return self.column.url(self.row)  # type: ignore[attr-defined,no-any-return]


class Table:
    """Columns are attributes of the subclass, in their order. A view makes one of:

    - `newest`: a page by key, newest first;
    - `matching`: the same with a search and a count;
    - `of`: rows that are all there, in the order in which they come.

    `model` is whose rows are paged. Where it is set, a column with `sort` needs an index on (sort, id), unless
    `is_part`: of that table only a small part is in the list, so the list is sorted while it is short.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    model: ClassVar[type[Model] | None] = None
    is_part: ClassVar[bool] = False
    empty: ClassVar[Any] = ""  # what the page says when there is no row, and what to do then
    hint: ClassVar[Any] = ""
    css: ClassVar[str] = "table table-vcenter card-table table-cards"
    foot: ClassVar[str] = ""  # a template with the last line

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.columns = (*cls.columns, *(c for c in vars(cls).values() if isinstance(c, Column)))

    def __init__(
        self,
        rows: list[Any],
        request: HttpRequest | None = None,
        *,
        next_key: Any = None,
        count: Count | None = None,
        query: str = "",
        sort: Sort | None = None,
        is_too_long: bool = False,
        is_paged: bool = True,
        without: Iterable[str] = (),
    ) -> None:
        self.rows, self.next_key, self.count, self.query = rows, next_key, count, query
        self.sort, self.is_paged = sort, is_paged
        self.is_too_long = is_too_long  # to be put in order as it was asked
        self._address = request.GET if request else None
        hidden = set(without)
        self._columns = [c for c in self.columns if c.name not in hidden]

    # --- Made from a request -----------------------------------------------------------------------------------------

    @classmethod
    def newest(cls, rows: QuerySet[Any], request: HttpRequest, size: int = PAGE, **kwargs: Any) -> Self:
        """A page of `rows` by falling key, or in the order that `?sort=` asks for."""
        sort = cls._asked(request)
        if sort and (page := in_order(rows, sort, _before(request), size, walks=cls._walks(request))):
            return cls(page.rows, request, next_key=page.next_key, sort=sort, **kwargs)
        found, next_key = newest_first(rows, request, size)
        return cls(found, request, next_key=next_key, is_too_long=bool(sort), **kwargs)

    @classmethod
    def matching(cls, rows: QuerySet[Any], request: HttpRequest, kind: str, size: int = PAGE) -> Self:
        """The same of what matches `?q=`, with the number of rows."""
        query, sort = asked(request), cls._asked(request)
        if not query:
            return cls.newest(rows, request, size, count=bounded_count(rows))
        if sort:
            found = matching(rows, kind, query)
            if found.rest is None:
                page = few_in_order(rows, found.keys, sort, _before(request), size)
                count = None if _before(request) else Count(len(found.keys))
                return cls(page.rows, request, next_key=page.next_key, count=count, query=query, sort=sort)
        newest = newest_matching(rows, request, kind, size)
        return cls(
            newest.rows, request, next_key=newest.next_key, count=newest.count, query=query, is_too_long=bool(sort)
        )

    @classmethod
    def of(cls, rows: Iterable[Any], request: HttpRequest | None = None, **kwargs: Any) -> Self:
        """All of `rows`."""
        found, sort = list(rows), cls._asked(request) if request else None
        if sort:
            column = next(c for c in cls.columns if c.sort == sort.field)
            known = [row for row in found if column.of(row) is not None]
            known.sort(key=column.of, reverse=sort.falls)
            found = known + [row for row in found if column.of(row) is None]
        return cls(found, request, sort=sort, is_paged=False, **kwargs)

    @classmethod
    def _asked(cls, request: HttpRequest) -> Sort | None:
        """`?sort=-awarded`: the name of a column that can be sorted by, with a minus to fall; anything else is ignored."""
        name = request.GET.get(SORT, "")
        column = next((c for c in cls.columns if c.sort and c.name == name.removeprefix("-")), None)
        return Sort(column.sort, name.startswith("-")) if column else None

    @classmethod
    def _walks(cls, request: HttpRequest) -> bool:
        """No filter is set and the list is not a part by itself: nearly every row of the table is in it."""
        return not cls.is_part and not any(v for name, v in request.GET.items() if name not in {SORT, BEFORE})

    # --- Read by the template ----------------------------------------------------------------------------------------

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self._columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort or self._address is None:
            return Heading(column)
        falls = self.sort.falls if self.sort and self.sort.field == column.sort else None
        if falls is None:
            return Heading(column, self._sorted_by(column, column.falls_first))
        back = falls != column.falls_first
        url = self._sorted_by(column, None if back else not falls)
        return Heading(column, url, "descending" if falls else "ascending")

    def _sorted_by(self, column: Column, falls: bool | None) -> str:
        assert self._address is not None
        address: QueryDict = self._address.copy()
        for name in (SORT, BEFORE):
            address.pop(name, None)
        if falls is not None:
            address[SORT] = f"-{column.name}" if falls else column.name
        return f"?{address.urlencode()}"

    @property
    def sort_name(self) -> str:
        """What the address says, for a filter's form that keeps it."""
        return self._address.get(SORT, "") if self.sort and self._address else ""

    @property
    def lines(self) -> Iterator[tuple[Any, str, list[Cell]]]:
        """Each row with its class and its cells."""
        shown = [(c, c.template, c.attributes(is_first=n == 0)) for n, c in enumerate(self._columns)]
        for row in self.rows:
            yield row, self.row_css(row), [Cell(*column, row) for column in shown]

    def row_css(self, row: Any) -> str:
        return ""

    # --- Read by an export -------------------------------------------------------------------------------------------

    @classmethod
    def labels(cls) -> list[str]:
        """The headings of what `records` gives."""
        return [str(c.label) for c in cls.columns if c.is_told]

    @classmethod
    def records(cls, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """Plain values, row by row: of a page, or of everything that the filters leave."""
        told = [c for c in cls.columns if c.is_told]
        for row in rows:
            yield [c.plain(row) for c in told]


def _before(request: HttpRequest) -> str:
    return request.GET.get(BEFORE, "")
