"""A mark in everything that somebody may not know, and every door opened by everybody: none tells.

A cell is a reader, a way and an address in a world: each state of a venture with each state of its round that can be. Every
day a drawn share of the cells is walked. `make test-long` walks all with the first such state of the round, and with the
later ones what each reader opens in the course of the day.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from accounts.models import Notification
from rounds.states import RoundState
from tests.corpus.draw import WHOLE, is_drawn
from tests.house.secrets.asking import (
    POSTED,
    WHERE_IT_STANDS,
    Reader,
    addresses,
    client_of,
    concerns,
    exported,
    post_out,
)
from tests.house.secrets.planted import CANARIES, EVERYBODY, Planted, natural, plant
from ventures.states import State

pytestmark = pytest.mark.django_db

SHARE = 60  # one cell in so many is walked every day
WORLDS = [(state, round_state, False) for state in State for round_state in natural(state)]
WORLDS += [(state, RoundState.OPEN, True) for state in (State.DRAFT, State.SUBMITTED)]


def named(world: tuple[State, RoundState, bool]) -> str:
    state, round_state, sealed = world
    return f"{state.value} in {round_state.value}{', sealed' if sealed else ''}"


FIRST = [w for w in WORLDS if w[2] or w[1] == natural(w[0])[0]]
# Every day those in which most is secret, and a third of the others.
DAILY = [w for w in FIRST if w[2] or w[0] in {State.IN_REVIEW, State.PROPOSED, State.OBJECTED} or is_drawn(named(w), 3)]


def test_every_canary_sings() -> None:
    """Each mark is read by somebody who may: what stands nowhere proves nothing."""
    heard: Counter[str] = Counter()
    for state, round_state in (
        (State.SUBMITTED, RoundState.OPEN), (State.PROPOSED, RoundState.IN_REVIEW), (State.OBJECTED, RoundState.ON_NOTICE),
        (State.IN_DELIVERY, RoundState.IN_DELIVERY),
    ):  # fmt: skip
        world = plant(state, round_state)
        for name in ("manager", "owner"):
            reader = world.readers[name]
            client = client_of(reader)
            for url in addresses(world.ids):
                if concerns(reader, url) and WHERE_IT_STANDS.match(url):
                    body = _body(client.get(url))
                    heard.update(c.name for c in CANARIES if c.mark.search(body))
    assert {c.name for c in CANARIES} <= heard.keys()


@pytest.mark.parametrize("world", WORLDS if WHOLE else DAILY, ids=named)
def test_nobody_reads_what_is_not_theirs_to_know(world: tuple[State, RoundState, bool], record_property) -> None:
    state, round_state, sealed = world
    planted = plant(state, round_state, sealed=sealed)
    urls, leaks, cells = addresses(planted.ids), [], 0
    for name in sorted(EVERYBODY):
        reader = planted.readers[name]
        secret = [c for c in CANARIES if name not in c.known_to(planted)]
        client = client_of(reader)
        for method, url in _cells(world, reader, urls):
            cells += 1
            said = _body(getattr(client, method)(url)) if method == "get" else _posted(client, url, planted, leaks)
            leaks += [f"{name} {method} {url}: {c.name}" for c in secret if c.mark.search(said)]
        if WHOLE or is_drawn(f"{named(world)} {name} export", SHARE):
            for asked, (__, said) in exported(reader, planted.round):
                cells += 1
                leaks += [f"{name} {asked.how} {asked.what}: {c.name}" for c in secret if c.mark.search(said)]
    record_property("cells", cells)
    assert not leaks, f"{len(leaks)} of {cells} cells tell:\n" + "\n".join(leaks)


def _cells(world: tuple[State, RoundState, bool], reader: Reader, urls: list[str]) -> Iterator[tuple[str, str]]:
    for url in urls:
        for method in ("get", "post"):
            is_daily = is_drawn(f"{named(world)} {reader.name} {method} {url}", SHARE)
            is_later = WHOLE and world not in FIRST and method == "get" and concerns(reader, url)
            if is_daily or is_later or (WHOLE and world in FIRST):
                yield method, url


def _body(answer) -> str:
    if answer.streaming or b"PK" in answer.content[:2]:
        return ""
    return answer.content.decode(errors="replace")


def _posted(client: Client, url: str, planted: Planted, leaks: list[str]) -> str:
    """The answer to an act, which is undone; what it sends to whom is looked through as well."""
    mail.outbox.clear()
    with transaction.atomic():
        answer = client.post(url, POSTED, follow=True)
        post_out()
        leaks += [f"POST {url} tells {line}" for line in _sent(planted)]
        transaction.set_rollback(True)
    return _body(answer)


def _sent(planted: Planted) -> Iterator[str]:
    """Canaries that come to somebody by themselves, in the site and by mail, and are not for them."""
    known = {r.user.email: r for r in planted.readers.values() if r.user}
    texts = [(email, f"{m.subject}\n{m.body}") for m in mail.outbox for email in m.to]
    texts += Notification.objects.values_list("user__email", "text")
    for email, text in texts:
        name = known[email].name if email in known else "stranger"
        for c in CANARIES:
            if c.mark.search(text) and name not in c.known_to(planted):
                yield f"{name}: {c.name}"
