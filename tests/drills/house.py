"""A whole installation of its own: database, folder and processes, which a drill may kill."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from environ import Env

from tests.waiting import DEADLINE, wait_until

ROOT = Path(__file__).resolve().parents[2]


class House:
    """Runs `manage.py` in an environment of its own."""

    def __init__(self, var: Path, **env: str) -> None:
        self.var = var
        self.env = {**os.environ, "HONGCHUANG_VAR": str(var), "PYTHONWARNINGS": "ignore", **env}
        for switch in {"DATABASE_URL", "BROKER_URL"} - set(env):
            self.env.pop(switch, None)
        self.running: list[subprocess.Popen[bytes]] = []

    def manage(self, *words: str, **env: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env={**self.env, **env}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, expression: str, **env: str) -> Any:
        """The JSON value of a Python expression inside the installation."""
        code = (
            "import json; from common.work import jobs; from common.machine.actors import SYSTEM; from common.models import *; "
            f"print(json.dumps({expression}, default=str))"
        )
        return json.loads(self.manage("shell", "-v0", "-c", code, **env))

    def sleep_job(self, seconds: float, **env: str) -> str:
        """Ask for a job that takes so long; its number."""
        return str(self.ask(f"jobs.enqueue('common.sleep', {{'seconds': {seconds}}}, by=SYSTEM).pk", **env))

    def job(self, job_id: str) -> dict[str, Any]:
        """The row as it is now, read past Django: starting `manage.py` would take longer than the moment lasts."""
        columns = "state, attempts, done, error, result"
        if url := self.env.get("DATABASE_URL"):
            import psycopg

            with psycopg.connect(**_parameters(Env.db_url_config(url))) as c:
                row = c.execute(f"select {columns} from common_job where id = %s", [job_id]).fetchone()
        else:
            with closing(sqlite3.connect(self.var / "hongchuang.sqlite3", timeout=20)) as lite:
                row = lite.execute(f"select {columns} from common_job where id = ?", [UUID(job_id).hex]).fetchone()
        assert row, job_id
        found = dict(zip(columns.split(", "), row, strict=True))
        return {**found, "result": found["result"] if self.env.get("DATABASE_URL") else json.loads(found["result"])}

    def wait_for(self, job_id: str, *, state: str) -> dict[str, Any]:
        """Look until the job is in `state`; it may not fail meanwhile."""

        def row() -> dict[str, Any] | None:
            found = self.job(job_id)
            assert found["state"] in {"queued", "running", state}, found
            return found if found["state"] == state else None

        found = wait_until(row, f"job {job_id} is {state}")
        assert found
        return found

    def start(self, *command: str, log: str, **env: str) -> subprocess.Popen[bytes]:
        with (self.var / log).open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.env, **env},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, to be killed as one
            )
        self.running.append(process)
        return process

    def serve(self, port: int) -> subprocess.Popen[bytes]:
        """`manage.py serve`, listening."""
        process = self.start(sys.executable, "manage.py", "serve", "--port", str(port), log="serve.log")
        self.until_it_says(process, "serve.log", f"http://127.0.0.1:{port}/ ")
        return process

    def until_it_says(self, process: subprocess.Popen[bytes], log: str, words: str, times: int = 1) -> None:
        def said() -> bool:
            written = (self.var / log).read_text(errors="replace")
            assert process.poll() is None, written
            return written.count(words) >= times

        wait_until(said, f"{log} says “{words}” {times} times")

    def kill_9(self, process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=DEADLINE)

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                self.kill_9(process)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def get(port: int, path: str) -> int:
    """Status of a page."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=DEADLINE) as response:
            return int(response.status)
    except HTTPError as e:
        return e.code


class Template:
    """A migrated database, of which every house gets a copy: migrating takes longer than most drills."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.names: list[str] = []
        House(var, **self._new()).manage("migrate", "-v0")

    def copy(self, var: Path) -> dict[str, str]:
        """The environment of a fresh copy for the installation in `var`."""
        if connection.vendor == "sqlite":
            shutil.copy(self.var / "hongchuang.sqlite3", var)
            return {}
        return self._new(template=self.names[0])

    def empty(self) -> dict[str, str]:
        """The environment of an installation that has no tables yet."""
        return self._new()

    def database(self, var: Path) -> str:
        """The name of a fresh copy, as Django writes it; `var` for its file."""
        env = self.copy(var)
        return self.names[-1] if env else str(var / "hongchuang.sqlite3")

    def _new(self, template: str = "template1") -> dict[str, str]:
        if connection.vendor == "sqlite":
            return {}
        self.names.append(f"drill_{uuid4().hex[:12]}")
        self._sql(f"create database {self.names[-1]} template {template}")
        return {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{self.names[-1]}"}

    def drop(self) -> None:
        for name in self.names:
            self._sql(f"drop database {name} with (force)")

    def _sql(self, statement: str) -> None:
        import psycopg

        parameters = {**_parameters(settings.DATABASES["default"]), "dbname": "postgres"}
        with psycopg.connect(**parameters, autocommit=True) as c:
            c.execute(statement)


def _parameters(config: Any) -> dict[str, Any]:
    """Django's words for a database in psycopg's."""
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {ours: config[theirs] for ours, theirs in words.items() if config[theirs]}
