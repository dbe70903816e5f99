"""The wire between a browser and the server, which a test can cut where a real one is cut.

A browser's own "offline" is the page's only: what a page sends while it is closed goes around it.
"""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Wire:
    """A relay on a port of its own. While it is cut, connections break without an answer."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._server = (parts.hostname or "localhost", parts.port or 80)
        self._listener = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._reads_only = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break what is open and refuse what comes, until `mend`."""
        with self._lock:
            self._is_cut = True
            for end in self._open:
                _break(end)

    def mend(self, *, to_read: bool = False) -> None:
        """Let everything through again; `to_read`: only what reads, so that what a page has sent while it was closed
        is still refused, however late it comes."""
        with self._lock:
            self._is_cut, self._reads_only = False, to_read

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                here, _address = self._listener.accept()
                threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        with here, suppress(OSError), socket.create_connection(self._server) as there:
            reads = here.recv(4, socket.MSG_PEEK).startswith(b"GET")
            with self._lock:
                if self._is_cut or (self._reads_only and not reads):
                    return
                self._open |= {here, there}
            back = threading.Thread(target=_carry, args=(there, here), daemon=True)
            back.start()
            _carry(here, there)
            back.join()
            with self._lock:
                self._open -= {here, there}


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _break(source)
    _break(target)


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
