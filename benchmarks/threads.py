"""With how many threads `serve` answers most: 16 clients ask pages of the desk, in turn with 1, 2, 4 and 8 threads.

Python runs one thread at a time, so more of them take turns more often, and keep requests that have begun from ending. Compared
is how many requests a second of the server's processor answers, as neighbours on the machine disturb that least; by the clock
is only told.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

import psutil

from benchmarks.figures import Figure
from benchmarks.serving import ROOT, served

CHOICES = (1, 2, 4, 8)
CLIENTS, SECONDS, ROUNDS = 16, 6.0, 3
PAGES = ("/desk/", "/desk/ventures/", "/desk/organizations/", "/")
DEFAULT = "from common.management.commands.serve import THREADS; print(THREADS)"
LOG_IN = """
from django.contrib.auth import login
from django.http import HttpRequest
from accounts.models import Role, User
from common.site.sessions import SessionStore
request = HttpRequest()
request.session = SessionStore()
user = User.objects.filter(role=Role.MANAGER).first()
login(request, user, backend="django.contrib.auth.backends.ModelBackend")
request.session.save()
print(request.session.session_key)
"""


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as var:
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
        env |= {"HONGCHUANG_VAR": var, "REQUIRE_SECOND_FACTOR": "0"}
        _manage(env, "migrate", "-v0")
        _manage(env, "simulate_round", "--ventures", "40", "--out", var)
        default = int(_manage(env, "shell", "-v0", "-c", DEFAULT).split()[-1])
        session = _manage(env, "shell", "-v0", "-c", LOG_IN).split()[-1]
        best = dict.fromkeys(CHOICES, 0.0)
        by_clock = dict.fromkeys(CHOICES, 0.0)
        for _ in range(ROUNDS):  # in turn, so that a machine that slows down slows all
            for threads in CHOICES:
                with served(env, "--threads", str(threads)) as (server, port):
                    answered, seconds, processor = _asked(psutil.Process(server.pid), port, session)
                    best[threads] = max(best[threads], answered / processor)
                    by_clock[threads] = max(by_clock[threads], answered / seconds)
    for threads, value in best.items():
        yield Figure(f"{threads} threads", round(value, 1), "requests/s of processor")
        yield Figure(f"{threads} threads, by the clock", round(by_clock[threads], 1), "requests/s")
    yield Figure("the best against the default", round(max(best.values()) / best[default], 2), "x", 1.15)


def _manage(env: dict[str, str], *words: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    ).stdout


def _asked(server: psutil.Process, port: int, session: str) -> tuple[int, float, float]:
    """How many requests were answered; in how many seconds, and seconds of the server's processor."""
    started = time.monotonic()
    until = started + SECONDS
    answered = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            for page in PAGES:
                connection.request("GET", page, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip"})
                response = connection.getresponse()
                response.read()
                assert response.status == 200, (page, response.status)
                answered.append(page)
        connection.close()

    begun = _processor(server)
    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return len(answered), time.monotonic() - started, _processor(server) - begun


def _processor(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)
