"""What two people would call the same is stored in one way, whichever of its fields and forms they write it in."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.corpus.draw import is_drawn
from tests.web.forms_of_pages import signed_in
from tests.web.sending import Form, Undo, bare, name_of
from tests.web.spellings import spellings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

# One in so many spellings is tried every day; all by the slow test.
ONE_IN = 24
# What differs from one time to the next: moments, keys of sessions and messages, hashes of what is random.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+|\b\d{20}\b|datetime\.datetime\([^)]*\)")
_RANDOM = re.compile(
    r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b|\b[0-9a-f]{16,64}\b|![A-Za-z0-9]{40}|(?:pbkdf2|md5|scrypt|argon2)\S+"
)
_OWN = re.compile(
    r"django_session|common_taken|accounts_accessentry|SAVEPOINT|account_link|accounts_accountlink|invitation"
)


def written(client: Client, url: str, data: dict[str, Any]) -> tuple[int, list[str]]:
    """The answer, and everything that was stored; then it is taken back."""
    rows: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and not _OWN.search(sql):
            rows.append(_RANDOM.sub("…", _MOMENT.sub("…", f"{sql} {params}")))
        return execute(sql, params, many, context)

    status = 0
    try:
        with transaction.atomic(), connection.execute_wrapper(keep):
            status = client.post(url, data).status_code
            raise Undo
    except Undo:
        pass
    return status, rows


def misspelt(forms: list[Form], one_in: int = 1) -> tuple[list[str], int]:
    """The fields in which another spelling is refused or stored otherwise; how many spellings were stored."""
    wrong, tried = [], 0
    for user, url, data in forms:
        ways = [(n, way) for n, good in data.items() if not isinstance(good, list) for way in spellings(n, good)]
        drawn = [(n, way) for n, way in ways if is_drawn(f"{name_of(url)} {bare(n)} {bare(way)}", one_in)]
        if not drawn:
            continue
        client = signed_in(user)
        usual = written(client, url, data)
        for name, way in drawn:
            client = client if user else signed_in(None)  # registering logs in
            found = written(client, url, data | {name: way})
            tried += bool(found[1])
            if found != usual:
                wrong.append(f"{name_of(url)} {name}={data[name]!r} as {way!r}: {_told(usual, found)}")
    return wrong, tried


def _told(usual: tuple[int, list[str]], found: tuple[int, list[str]]) -> str:
    if usual[0] != found[0]:
        return f"answered {found[0]}, not {usual[0]}"
    return next(
        (f"{b}\n    instead of {a}" for a, b in zip(*(usual[1], found[1]), strict=False) if a != b),
        f"{len(found[1])} rows are written, not {len(usual[1])}",
    )


def test_a_drawn_spelling_is_stored_like_the_usual_one(site: SimpleNamespace) -> None:
    wrong, __ = misspelt(site.forms, ONE_IN)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_every_spelling_in_every_form_is_stored_like_the_usual_one(site: SimpleNamespace) -> None:
    wrong, tried = misspelt(site.forms)
    assert not wrong, "\n".join(wrong)
    assert tried > 200
