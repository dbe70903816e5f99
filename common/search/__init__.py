"""Search that finds two-character Chinese words at any size, the same on SQLite and PostgreSQL.

A room says what its things are found by (`searchable`), its actions call `index` in the transaction that changes it,
its lists ask `matching` or page through `newest_matching`. `manage.py reindex` builds the index again.
"""

from common.search.grams import spans
from common.search.indexing import follows, index, index_many, reindex, searchable
from common.search.querying import Found, Page, asked, matching, newest_matching

__all__ = [
    "Found",
    "Page",
    "asked",
    "follows",
    "index",
    "index_many",
    "matching",
    "newest_matching",
    "reindex",
    "searchable",
    "spans",
]
