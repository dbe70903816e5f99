"""A connection that knows its address, what it holds, and when it is too slow."""

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.utilities import Error

from common.client_address import client_address, is_proxy
from common.limits.of_the_site import BODY_SPEED, BYTES_OF_ADDRESS, HEADER_TIME, REST
from common.site.arrival import Parser, Task

GRACE = 30.0  # seconds in which a body need not have any speed yet
RETRY_AFTER = 60  # seconds
LONGEST_BODY = 64 * 1024 * 1024  # bytes: three uploads of the largest size in one form; waitress would take 1 GB


class TooMuch(Error):  # type: ignore[misc]
    """The answer to a request whose body is not taken in. No page: nothing of it has been read, not even the language."""

    code, reason = 429, "Too Many Requests"

    def to_response(self, ident: Any = None) -> tuple[str, list[tuple[str, str]], bytes]:
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", str(RETRY_AFTER))]
        return f"{self.code} {self.reason}", headers, str(self.body).encode()


class RestingTask(Task):
    """Who was told to come back later is not listened to at once: another refusal would cost the same again."""

    def finish(self) -> None:
        super().finish()
        if self.status.startswith(str(TooMuch.code)):
            self.channel.rests_until = time.monotonic() + REST.most


class Channel(HTTPChannel):  # type: ignore[misc]
    """`address` is None of a proxy of ours: its connections are not counted."""

    parser_class, task_class = Parser, RestingTask
    rests_until = 0.0  # monotonic

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.peer = str(addr[0])
        self.is_proxy = is_proxy(self.peer)
        self.address = client_address(self.peer)
        super().__init__(server, sock, addr, adj, map=map)
        server.make_room_for(self)

    def readable(self) -> bool:
        return time.monotonic() >= self.rests_until and super().readable()

    @property
    def is_idle(self) -> bool:
        return not self.requests and self.request is None and not self.total_outbufs_len

    @property
    def is_slow(self) -> bool:
        """Whether the request that is being received takes too long."""
        request = self.request
        if request is None:
            return False
        waited = time.monotonic() - request.begun_at
        if not request.headers_finished:
            return bool(waited > HEADER_TIME.most)
        return bool(waited > GRACE + request.body_bytes_received / BODY_SPEED.most)

    def client(self, request: Parser) -> str:
        """Who has sent it."""
        return client_address(self.peer, request.headers.get("X_FORWARDED_FOR", "") if self.is_proxy else "")

    def held(self) -> list[tuple[str, int]]:
        """The bytes of each request that is being received, waits or is answered, with whose it is."""
        return [(self.client(r), announced(r)) for r in [*self.requests, self.request] if r is not None]

    def received(self, data: bytes) -> bool:
        got: bool = super().received(data)
        with self.requests_lock:
            request = self.request
            if request is not None and request.headers_finished and not request.has_room:
                request.has_room = self.server.has_room(self.client(request))
                if not request.has_room:
                    self._refuse(request)
        return got

    def _refuse(self, request: Parser) -> None:
        request.error = TooMuch(BYTES_OF_ADDRESS.refusal)
        request.completed = True
        self.request = None
        self.requests.append(request)
        if len(self.requests) == 1:
            self.server.add_task(self)


def announced(request: Parser) -> int:
    """Bytes of a body as they were announced; in chunks, where nothing is, as many as may come."""
    if request.error:
        return 0
    if request.chunked and not request.completed:
        return LONGEST_BODY
    return int(request.content_length or request.body_bytes_received)
