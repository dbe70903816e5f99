"""`manage.py serve`: the whole site in one process, or its web half when BROKER_URL names a broker."""

import os
import signal
import socket
import uuid
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from common.files.disk import lock_file
from common.serving import create
from common.work import jobs, worker

THREADS = 8


class Command(BaseCommand):
    help = (
        "Serve the site with waitress; without BROKER_URL also do the background work. "
        "With BROKER_URL start `celery -A config worker` beside it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=THREADS, help="requests answered at the same time")

    def handle(self, *, host: str, port: int, threads: int, **options: Any) -> None:
        _refuse_old_database()
        if not Path(settings.STATIC_ROOT).is_dir() and not settings.DEBUG:
            self.stderr.write("No static files yet: pages will be bare. Run `manage.py collectstatic --noinput`.")
        lock = _only_one() if settings.EMBEDDED_WORKER else None
        runner = _name_of_runner(lock) if lock else ""
        try:
            server = create(get_internal_wsgi_application(), host=host, port=port, threads=threads, **_proxy())
        except OSError as e:
            raise CommandError(f"Cannot listen on {host}:{port}: {e.strerror}.") from e
        signal.signal(signal.SIGTERM, _leave)
        if settings.EMBEDDED_WORKER:
            jobs.adopt_orphans(runner)
            worker.start_embedded()
        connection.close()  # This thread asks nothing more.
        self.stdout.write(f"http://{host}:{port}/ ({'one process' if lock else 'workers apart'})")
        self.stdout.flush()
        try:
            server.run()  # until SIGTERM or SIGINT; it waits for the requests that are being answered
        finally:
            server.close()
            if not worker.stop_embedded():
                # A job that does not look up would hold the process (Python waits for pool threads at exit).
                # Its row stays RUNNING and is an orphan at the next start.
                self.stderr.write("A job did not stop in time; it starts again with the next `serve`.")
                self.stderr.flush()
                os._exit(os.EX_OK)


def _proxy() -> dict[str, Any]:
    """What is believed of the headers that a proxy sets (accounts.client_address reads them, Django the scheme): nothing
    without TRUSTED_PROXIES, and nothing from who is not at PROXY_ADDRESS."""
    if not settings.TRUSTED_PROXIES:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": settings.PROXY_ADDRESS or "*",
        "trusted_proxy_count": settings.TRUSTED_PROXIES,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _leave(*args: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _refuse_old_database() -> None:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as e:
        raise CommandError(f"The database cannot be read: {e}") from e
    if pending:
        raise CommandError(
            f"The database lacks {len(pending)} migrations, the first is {pending[0][0]}. "
            "Run `manage.py migrate`, then start again."
        )


def _name_of_runner(lock: IO[str]) -> str:
    """Who serves this folder, the same at each start: this machine and what its lock file says, which nobody else holds."""
    lock.seek(0)
    if not (said := lock.read().strip()):
        said = uuid.uuid4().hex
        lock.write(said)
        lock.flush()
    return f"{socket.gethostname()} {said}"


def _only_one() -> IO[str]:
    """Hold var/serve.lock: who serves a folder after a crash takes back the jobs of who served it before."""
    lock = (settings.VAR_DIR / "serve.lock").open("a+")
    if not lock_file(lock):
        raise CommandError(
            f"Another `manage.py serve` already works in {settings.VAR_DIR}. "
            "Stop it first, or use BROKER_URL to run several processes."
        )
    return lock
