"""The server under those who mean it no good: idle and slow connections, bodies without end, one who wants all threads."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from waitress import wasyncore

from common import serving
from common.serving import channel, server
from tests.waiting import DEADLINE, wait_until

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Serve an application with other numbers: `served(CONNECTIONS=3)`; /hold/ answers when `let_go` is set."""
    ends = ExitStack()

    def serve(**numbers: float) -> SimpleNamespace:
        for name, most in numbers.items():
            home = server if hasattr(server, name) else channel
            monkeypatch.setattr(home, name, replace(getattr(home, name), most=most))
        house = SimpleNamespace(held=[], let_go=threading.Event())

        def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            if environ["PATH_INFO"] == "/hold/":
                house.held.append(environ["REMOTE_ADDR"])
                house.let_go.wait(DEADLINE)
            too_many = environ["PATH_INFO"] == "/too-many/"
            start_response("429 Too Many Requests" if too_many else "200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]

        house.server = serving.create(app, host=HERE, port=0, threads=4)
        running = threading.Thread(target=house.server.run, daemon=True)
        running.start()

        def stop() -> None:
            house.let_go.set()
            with suppress(OSError):  # an answer has pulled it a moment before: everything is closed already
                house.server.trigger.pull_trigger(lambda: wasyncore.close_all(house.server._map))
            running.join(timeout=DEADLINE)
            house.server.task_dispatcher.shutdown()

        ends.callback(stop)
        return house

    with ends:
        yield serve


def connect(house: Any, address: str = HERE) -> socket.socket:
    at = (HERE, house.server.effective_port)
    return socket.create_connection(at, DEADLINE, source_address=(address, 0))


def ask(house: Any, path: str = "/", address: str = HERE) -> int:
    at = {"timeout": DEADLINE, "source_address": (address, 0)}
    connection = http.client.HTTPConnection(HERE, house.server.effective_port, **at)
    connection.request("GET", path)
    return connection.getresponse().status


def is_closed(connection: socket.socket) -> bool:
    return connection.recv(100) == b""


def test_idle_connections_silence_nobody_of_another_address(served: Callable[..., Any]) -> None:
    house = served(CONNECTIONS=10, CONNECTIONS_OF_ADDRESS=1000)
    idle = [connect(house, ELSEWHERE) for __ in range(12)]
    assert ask(house) == 200
    assert is_closed(idle[0]), "the longest idle one made room"


def test_beyond_its_number_an_address_loses_its_own_idle_connections(served: Callable[..., Any]) -> None:
    house = served(CONNECTIONS_OF_ADDRESS=3)
    other = connect(house)
    idle = [connect(house, ELSEWHERE) for __ in range(4)]
    assert is_closed(idle[0])
    other.sendall(b"GET / HTTP/1.0\r\n\r\n")
    assert other.recv(100).startswith(b"HTTP/1.0 200")


def test_behind_a_proxy_its_connections_are_not_counted(served: Callable[..., Any], settings: Any) -> None:
    settings.TRUSTED_PROXIES, settings.PROXY_ADDRESS = 1, ELSEWHERE
    house = served(CONNECTIONS_OF_ADDRESS=1)
    many = [connect(house, ELSEWHERE) for __ in range(3)]
    for connection in many:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.0 200")


@pytest.mark.parametrize(
    "begun", [b"GET / HTTP/1.1\r\nX-Slow: ", b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n\r\nx"], ids=["head", "body"]
)
def test_a_request_that_does_not_come_is_given_up(
    served: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(channel, "GRACE", 0)
    monkeypatch.setattr(server, "LOOK_EVERY", 0)
    house = served(HEADER_TIME=0)
    connection = connect(house)
    connection.sendall(begun)
    assert is_closed(connection)
    assert ask(house) == 200


def test_after_a_429_a_connection_rests_and_no_other(served: Callable[..., Any]) -> None:
    house = served(REST=DEADLINE * 10)
    connection = connect(house)
    connection.sendall(b"GET /too-many/ HTTP/1.1\r\n\r\n")
    assert connection.recv(100).startswith(b"HTTP/1.1 429")
    connection.sendall(b"GET /hold/ HTTP/1.1\r\n\r\n")
    assert ask(house) == 200, "a turn of the loop has passed"
    assert house.held == []


def announcing(size: int) -> bytes:
    return f"POST / HTTP/1.1\r\nContent-Length: {size}\r\n\r\n".encode()


@pytest.mark.parametrize("limit", ["BYTES_OF_ADDRESS", "BYTES"])
def test_bytes_that_are_announced_are_bounded_and_the_refused_one_is_told_when_to_come_back(
    served: Callable[..., Any], limit: str
) -> None:
    house = served(**{limit: 15_000})
    first, second = connect(house, ELSEWHERE), connect(house, ELSEWHERE)
    first.sendall(announcing(10_000))
    wait_until(lambda: held(house) == 10_000, "the first is being received")
    second.sendall(announcing(10_000))
    answer = http.client.HTTPResponse(second)
    answer.begin()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    first.close()
    wait_until(lambda: held(house) == 0, "nothing is held for who has gone")
    third = connect(house, ELSEWHERE)
    third.sendall(announcing(10_000) + b"x" * 10_000)
    assert third.recv(100).startswith(b"HTTP/1.1 200")


def held(house: Any) -> int:
    return sum(size for c in list(house.server.active_channels.values()) for __, size in c.held())


def test_an_address_has_its_share_of_the_threads_and_the_others_have_theirs(served: Callable[..., Any]) -> None:
    house = served(THREADS_OF_ADDRESS=2)
    askers = [threading.Thread(target=ask, args=(house, "/hold/", ELSEWHERE), daemon=True) for __ in range(6)]
    for asker in askers:
        asker.start()
    wait_until(lambda: house.server.task_dispatcher.queue.waiting == 4, "four of the six wait for their turn")
    assert ask(house) == 200
    assert house.held == [ELSEWHERE] * 2
    house.let_go.set()
    for asker in askers:
        asker.join(DEADLINE)
    assert house.held == [ELSEWHERE] * 6
