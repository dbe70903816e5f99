"""The last seconds of a call: 200 clients submit, each with a stamped scan of 200 KB, over HTTP against a served site.

Beside it the same rush against a bare Django view that makes the same writes without asking anything (`rush_bare`).
0 lost, 0 doubled, 0 answers of 5xx; receipts are rows. A submission is lost when the server had it before the deadline
and refused it, or said yes and has no row.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.figures import Figure
from benchmarks.serving import ROOT, served
from tests import parts
from tests.corpus.parts import pdf

CLIENTS = 200
FILE = pdf(objects=b"% stamped\n" * 20_479)  # 200 KB
LEAD, SPREAD, LAST = 8.0, 1.5, 0.3  # seconds: until the deadline; in which they come; between the last and the deadline
AIM = 3.0


@dataclass
class Answer:
    """What one client got; `sent` is when its last byte was written."""

    client: dict[str, str]
    status: int
    seconds: float
    sent: float
    body: str = ""


def run() -> Iterator[Figure]:
    yield from _measured("sqlite", None)
    with parts.postgres() as url:
        if url:
            yield from _measured("postgresql", url)


def _measured(vendor: str, url: str | None) -> Iterator[Figure]:
    p95 = {}
    for way in ("bare", "real"):
        with tempfile.TemporaryDirectory() as var, _own_database(url) as own:
            env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
            env |= {
                "HONGCHUANG_VAR": var,
                "DJANGO_SETTINGS_MODULE": "benchmarks.rush_settings",
                "PYTHONPATH": str(ROOT),
            }
            env |= {"DATABASE_URL": own} if own else {}
            answers, deadline, rows = _rush(env, way)
        yes = [a for a in answers if a.status == 302]
        p95[way] = sorted(a.seconds for a in answers)[int(len(answers) * 0.95) - 1]
        late = [a for a in answers if a.status == 409 and a.sent > deadline - 0.05]
        lost = CLIENTS - len(yes) - len(late)
        yield Figure(f"{vendor} {way}: p95 of {CLIENTS}", round(p95[way] * 1000), "ms")
        if way == "real":
            yield Figure(f"{vendor}: lost", lost + max(0, len(yes) - rows["ventures"]), "submissions", 0)
            yield Figure(f"{vendor}: doubled", rows["submissions"] - rows["ventures"], "submissions", 0)
            yield Figure(f"{vendor}: 5xx", sum(a.status >= 500 for a in answers), "answers", 0)
            yield Figure(f"{vendor}: receipts less rows", abs(len(yes) - rows["submissions"]), "receipts", 0)
            yield Figure(f"{vendor}: numbers given twice", rows["submissions"] - rows["numbers"], "numbers", 0)
            yield Figure(f"{vendor}: refused because they came late", len(late), "submissions")
            yield Figure(f"{vendor}: in time, answered after the deadline", rows["after"], "answers")
    yield Figure(f"{vendor}: p95 beside the bare view", round(p95["real"] / p95["bare"], 2), "x", AIM)


@contextmanager
def _own_database(url: str | None) -> Iterator[str | None]:
    """A database of its own on the server of `url`; None stays None (SQLite in the folder of the run)."""
    if url is None:
        yield None
        return
    import environ
    import psycopg

    given = environ.Env.db_url_config(url)
    name = f"bench_rush_{os.getpid()}"
    server = {
        "host": given["HOST"],
        "port": given["PORT"] or None,
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    with psycopg.connect(**{k: v for k, v in server.items() if v}, dbname=given["NAME"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield url.rsplit("/", 1)[0] + "/" + name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _rush(env: dict[str, str], way: str) -> tuple[list[Answer], float, dict[str, int]]:
    def tell(*args: str) -> str:
        done = subprocess.run(args, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    tell(sys.executable, "manage.py", "migrate", "--verbosity", "0")
    tell(sys.executable, "manage.py", "messages", "--compile")
    tell(sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    clients = json.loads(tell(sys.executable, "-m", "benchmarks.rush_plant", "plant", str(CLIENTS)).splitlines()[-1])
    with served(env) as (_process, port):
        deadline = float(tell(sys.executable, "-m", "benchmarks.rush_plant", "deadline", str(LEAD)).splitlines()[-1])
        if time.time() > deadline - SPREAD - LAST:
            raise RuntimeError("the machine is too busy: the deadline came before the clients")
        answers = _all_at_once(port, clients, deadline, way)
    rows = json.loads(tell(sys.executable, "-m", "benchmarks.rush_plant", "count").splitlines()[-1])
    rows["after"] = sum(a.status == 302 and a.sent + a.seconds > deadline for a in answers)
    return answers, deadline, rows


def _all_at_once(port: int, clients: list[dict[str, str]], deadline: float, way: str) -> list[Answer]:
    dice, found, guard = random.Random(7), [], threading.Lock()

    def one(client: dict[str, str], at: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.connect()  # the page was open already
        body, headers = _request(client)
        time.sleep(max(0.0, at - time.time()))
        begun = time.time()
        connection.request("POST", client[way], body=body, headers=headers)
        sent = time.time()
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        with guard:
            found.append(Answer(client, answer.status, time.time() - begun, sent, text))
        connection.close()

    threads = [threading.Thread(target=one, args=(c, deadline - LAST - dice.random() * SPREAD)) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _request(client: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    boundary = "----rush"
    fields = {"declared": "on", "hash": client["hash"], "version": client["version"]}
    parts_ = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
    ]
    parts_.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="stamp"; filename="stamped.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n".encode()
    )
    body = b"".join([*parts_, FILE, f"\r\n--{boundary}--\r\n".encode()])
    token = "a" * 32
    return body, {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"sessionid={client['session']}; csrftoken={token}",
        "X-CSRFToken": token,
    }
