"""The site, served by a process of its own, as users have it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WAITS = 300  # times, a fifth of a second each


@contextmanager
def served(env: Mapping[str, str], *more: str) -> Iterator[tuple["subprocess.Popen[Any]", int]]:
    """`manage.py serve` in these surroundings, once it answers: the process and its port. It writes var/serve.log."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port), *more]
    with Path(env["HONGCHUANG_VAR"], "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=dict(env), cwd=ROOT, stdout=log, stderr=log)
    try:
        for _ in range(WAITS):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise RuntimeError("the site does not answer")
        yield server, port
    finally:
        server.terminate()
        server.wait(60)
