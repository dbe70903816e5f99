"""Asking at a door, for real, and what the answer says about access. Nothing that a request does stays."""

from collections.abc import Iterator
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.test import Client

from tests.house.access.doors import NOT_THERE, Door
from tests.house.access.world import World


class Access(StrEnum):
    """What somebody is answered. `OPEN`: the page or the verb is theirs, even if it says why it does not work now."""

    OPEN = "●"
    LOG_IN = "→"
    NOT_YOUR_PART = "403"
    NOT_FOUND = "404"
    NOT_THIS_WAY = "405"
    BROKEN = "5xx"


class _Undo(Exception):
    pass


class Asker:
    """Everybody of the world, logged in once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._clients: dict[str, Client] = {}
        self._cookies: dict[str, dict[str, str]] = {}
        for name, user in world.readers.items():
            client = Client(raise_request_exception=False)
            if user.is_authenticated:
                client.force_login(user)
            self._clients[name] = client
            self._cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}

    def ask(self, door: Door, reader: str, method: str, pk: int | None = None) -> Access:
        """As `reader`, by `method`, for the thing of the world or for `pk`."""
        client, user = self._clients[reader], self.world.readers[reader]
        client.cookies.clear()
        client.cookies.load(self._cookies[reader])
        # An autosave says first which user its page was made for, a form what its reader saw.
        sent = {"user": str(user.pk)} if method == "POST" else {}
        answer: Any = None
        try:
            with transaction.atomic():
                answer = getattr(client, method.lower())(door.url(self.world, reader, pk), sent)
                raise _Undo
        except _Undo:
            return access_of(answer, door, logged_in=user.is_authenticated)


def access_of(answer: Any, door: Door, *, logged_in: bool) -> Access:
    match answer.status_code:
        case HTTPStatus.FOUND if not logged_in and "/login/" in answer["Location"]:
            return Access.LOG_IN
        case HTTPStatus.FORBIDDEN:
            return Access.NOT_YOUR_PART
        case HTTPStatus.NOT_FOUND:
            return Access.NOT_FOUND
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return Access.NOT_THIS_WAY
        case code if code >= 500 and door.name != "healthz":  # which says that no worker runs here
            return Access.BROKEN
        case _:
            return Access.OPEN


def row_of(asker: Asker, door: Door, method: str) -> tuple[Access, ...]:
    """What everybody is answered, in the order of the columns."""
    return tuple(asker.ask(door, reader, method) for reader in asker.world.readers)


def all_rows(asker: Asker, asked: list[Door]) -> Iterator[tuple[Door, str, tuple[Access, ...]]]:
    for door in asked:
        for method in door.methods:
            yield door, method, row_of(asker, door, method)


__all__ = ["NOT_THERE", "Access", "Asker", "access_of", "all_rows", "row_of"]
