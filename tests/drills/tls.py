"""A TLS proxy before the site, as nginx or caddy would be, with a certificate of an authority of its own."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

from tests.waiting import DEADLINE

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Authority:
    """Signs certificates; who trusts `pem` trusts them."""

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self.pem = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(str(self.pem))

    def server_context(self, name: str = "localhost") -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(name).configure_cert(context)
        return context

    def client_context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.pem))


@contextmanager
def tls_proxy(authority: Authority, port: int, to: int) -> Iterator[None]:
    """https://localhost:`port`, handed on to http://127.0.0.1:`to` with the headers that docs/operation.md asks for."""

    class Handler(BaseHTTPRequestHandler):
        def hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            forged = headers.get("X-Forwarded-For")
            headers["X-Forwarded-For"] = f"{forged}, {self.client_address[0]}" if forged else self.client_address[0]
            headers["X-Forwarded-Proto"] = "https"
            site = http.client.HTTPConnection("127.0.0.1", to, timeout=DEADLINE)
            site.request(self.command, self.path, body or None, headers)
            answer = site.getresponse()
            content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)
            site.close()

        do_GET = do_HEAD = do_POST = hand_on  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.socket = authority.server_context().wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
