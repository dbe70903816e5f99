"""docs/limits.md, made from the table of limits."""

from collections.abc import Iterator

from django.utils.translation import override

from common.limits.kinds import limits
from common.stored_chinese import StoredChinese

HEAD = """# What is limited

Made by `make docs` from the limits that the rooms declare (`limits.py`, `accounts/throttle.py`, `common/limits/of_the_site.py`); do
not edit. Who is refused gets a page of 429 with `Retry-After` and the sentence on the right (a form keeps what was typed); a file
that is too heavy is refused with 422, a body that is too long with 413. `%(n)s` is the number, `%(m)s` the minutes of the
window, `%(left)s` how long until it may be tried again. What is counted over time is counted in the database, from the
first on; a clock that is set back locks nobody out.

| limit | of what | per | at most | window | what is read |
|---|---|---|---|---|---|
"""


def text() -> str:
    return HEAD + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    chinese = StoredChinese()
    with override("en"):
        for limit in limits():
            per = " and ".join(limit.per) or "server"
            read = f"{limit.refusal}<br>{chinese(limit.refusal)}" if limit.refusal else "—"
            yield f"| `{limit.name}` | {limit.counts} | {per} | {limit.number} | {limit.window} | {read} |"
