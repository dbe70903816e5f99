"""How long the worst file takes to be looked through: everything of the corpus that the tests know to be nasty, and files
that are made to be slow. Processor time of the server and of the process that looks inside, together."""

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psutil

from benchmarks.figures import Figure

MOST = 2.0  # seconds of processor time: below it nobody keeps a server busy with a few uploads


def run() -> Iterator[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.test import override_settings

    from common.errors import Invalid
    from common.files import Allowed, receive
    from common.spreadsheets import read_rows
    from tests.corpus.make import SAMPLES
    from tests.corpus.slow import SLOW

    every_kind = Allowed(("pdf", "docx", "xlsx", "csv", "jpg", "png"))
    counted = Counted()

    def hand_in(name: str, content: bytes) -> None:
        receive(ContentFile(content, name), allowed=every_kind)

    def read(name: str, content: bytes) -> None:
        list(read_rows(io.BytesIO(content), name=name, max_rows=2000))

    def seconds(act: Callable[..., Any], *args: Any) -> float:
        begun = counted.seconds()
        with suppress(Invalid):
            act(*args)
        return round(counted.seconds() - begun, 3)

    tables = [sample for sample in SAMPLES if sample.rows is not None]
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        for what, act, samples in (("handed in", hand_in, SAMPLES), ("read as a table", read, tables)):
            took = {sample.name: seconds(act, sample.name, sample.make()) for sample in samples}
            worst = max(took, key=lambda name: took[name])
            yield Figure(f"slowest of {len(took)} files {what}: {worst}", took[worst], "s", MOST)
        for name, make in SLOW.items():
            content = make()
            size = f"{len(content) / 1024 / 1024:.0f} MB"
            yield Figure(f"made to be slow, {size}: {name}", seconds(hand_in, name, content), "s", MOST)


class Counted:
    """Processor time of this process, of its children that have ended and of those that run."""

    def __init__(self) -> None:
        self.process = psutil.Process()

    def seconds(self) -> float:
        ended = os.times()
        running = [child.cpu_times() for child in self.process.children(recursive=True)]
        return (
            time.process_time()
            + ended.children_user
            + ended.children_system
            + sum(times.user + times.system for times in running)
        )
