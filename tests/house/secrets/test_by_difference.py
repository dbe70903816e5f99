"""By difference: two worlds differ in one secret alone, and whoever may not know it is answered the same in both.

Neither a word nor a status, a number, a size or an order tells. Every day each reader asks the pages on which it would
stand, of the others a drawn share, the exports and the post; `make test-long` asks every address by GET and by POST.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from accounts.models import Role
from common import clock
from common.clock import now
from tests.corpus.draw import WHOLE, is_drawn
from tests.house.secrets.asking import (
    WHERE_IT_STANDS,
    Asked,
    Reader,
    addresses,
    client_of,
    concerns,
    exported,
    post_out,
    said,
    told,
)
from tests.house.secrets.worlds import SECRETS, Act, Worlds

pytestmark = pytest.mark.django_db

# The office is given the same sheets, with or without scores.
EXPORTING = {Role.CLERK, Role.FINANCE, Role.OPERATOR}
# Whatever is drawn: where each reader begins, the page of the thing, and the checklist that asks of all ventures.
ALWAYS = re.compile(r"/((apply|review|desk)/)?$|/(apply|desk)/ventures/\d+/(expenses/)?$|/desk/rounds/\d+/$")


def questions(reader: Reader, urls: list[str]) -> Iterator[tuple[str, str]]:
    for url in urls:
        if WHOLE:
            yield "get", url
            yield "post", url
        elif concerns(reader, url):
            if ALWAYS.match(url) or is_drawn(f"{reader.name} {url}", 3 if WHERE_IT_STANDS.match(url) else 20):
                yield "get", url
            if is_drawn(f"{reader.name} to {url}", 20):
                yield "post", url
    if "desk" in reader.opens:
        for query in ("state=proposed", "state=not_selected", "state=in_review", "sort=-awarded", "q=项目"):
            yield "get", f"{reverse('desk_ventures')}?{query}"


def answers(worlds: Worlds, act: Act, urls: list[str]) -> dict[Asked, tuple[int, str]]:
    """What everybody is answered after the act, which is undone then."""
    found: dict[Asked, tuple[int, str]] = {}
    mail.outbox.clear()
    with transaction.atomic():
        act()
        post_out()
        for reader in worlds.readers:
            found[Asked(reader.name, "post", "")] = told(reader)
            if WHOLE or reader.name in EXPORTING:
                found |= exported(reader, worlds.round)
            client = client_of(reader)
            for method, url in questions(reader, urls):
                found[Asked(reader.name, method, url)] = said(client, method, url)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.__name__)
def test_who_may_not_know_it_is_answered_as_without_it(secret: Callable[[], Worlds]) -> None:
    with clock.at(now()):
        worlds = secret()
        urls = addresses(worlds.ids)
        one, other = answers(worlds, worlds.one, urls), answers(worlds, worlds.other, urls)
    assert sum(status == 200 for status, __ in one.values()) > 2, "too little was asked"
    different = [
        f"{asked.who} {asked.how} {asked.what}: {one[asked][0]} → {other[asked][0]}; {difference(one[asked][1], other[asked][1])}"
        for asked in one
        if one[asked] != other[asked]
    ]
    assert not different, f"{len(different)} of {len(one)} tell:\n" + "\n".join(different)


def difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 60) : at + 60]!r} | {other[max(0, at - 60) : at + 60]!r}"
