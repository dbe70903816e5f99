"""The server: it makes room, and closes who is too slow."""

import contextlib
from collections import Counter
from typing import Any

import waitress.server

from common.limits.of_the_site import (
    BYTES,
    BYTES_OF_ADDRESS,
    CONNECTIONS,
    CONNECTIONS_OF_ADDRESS,
    IDLE,
    THREADS_OF_ADDRESS,
)
from common.serving.channel import LONGEST_BODY, Channel
from common.serving.turns import dispatcher

RECEIVED_AT_ONCE = 128 * 1024  # bytes; with the 8,192 of waitress 20 MB are 2,500 turns of the thread that all wait for
LOOK_EVERY = 5  # seconds between two looks for connections that are idle or slow
SPARE = 50  # connections that are being closed while the next ones come


class Server(waitress.server.TcpWSGIServer):  # type: ignore[misc]
    channel_class = Channel

    def make_room_for(self, newcomer: Channel) -> None:
        """Close the longest idle connection where there are too many: of its address, else of the address that has most.
        Where all are at work the newcomer goes."""
        others = [c for c in self.active_channels.values() if c is not newcomer and not c.will_close]
        mine = [c for c in others if c.address == newcomer.address]
        if not newcomer.is_proxy and len(mine) >= CONNECTIONS_OF_ADDRESS.most:
            self._close_one_of(mine, newcomer)
        elif len(others) >= CONNECTIONS.most:
            (most, _n), *_rest = Counter(c.address for c in others).most_common(1)
            self._close_one_of([c for c in others if c.address == most], newcomer)

    @staticmethod
    def _close_one_of(channels: list[Channel], newcomer: Channel) -> None:
        idle = min((c for c in channels if c.is_idle), key=lambda c: c.last_activity, default=newcomer)
        idle.will_close = True

    def has_room(self, client: str) -> bool:
        """Whether what `client` has announced, and what everybody has, may be held."""
        held: Counter[str] = Counter()
        for channel in list(self.active_channels.values()):
            for whose, size in channel.held():
                held[whose] += size
        return held[client] <= BYTES_OF_ADDRESS.most and held.total() <= BYTES.most

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.is_slow:
                channel.will_close = True


def create(application: Any, *, threads: int, **adjustments: Any) -> Any:
    """The server, listening but not running yet. Raises OSError when it cannot listen."""
    _as_many_files_as_may_be()
    waitress.server.TcpWSGIServer = Server  # what create_server makes, for each address of a host name
    return waitress.server.create_server(
        application,
        _dispatcher=dispatcher(threads, int(min(threads, THREADS_OF_ADDRESS.most))),
        threads=threads,
        max_request_body_size=LONGEST_BODY,
        connection_limit=int(CONNECTIONS.most) + SPARE,
        channel_timeout=int(IDLE.most),
        cleanup_interval=LOOK_EVERY,
        recv_bytes=RECEIVED_AT_ONCE,
        asyncore_use_poll=True,  # select() knows no file above 1,024
        ident=None,  # no need to tell the world what serves here
        **adjustments,
    )


def _as_many_files_as_may_be() -> None:
    """A connection is an open file, and many systems begin with 1,024 of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
