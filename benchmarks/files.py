"""How long the worst file takes to be looked through: everything of the corpus that the tests know to be nasty."""

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

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

    every_kind = Allowed(("pdf", "docx", "xlsx", "csv", "jpg", "png"))

    def hand_in(name: str, content: bytes) -> None:
        receive(ContentFile(content, name), allowed=every_kind)

    def read(name: str, content: bytes) -> None:
        list(read_rows(io.BytesIO(content), name=name, max_rows=2000))

    def seconds(act: Callable[..., Any], *args: Any) -> float:
        begun = time.process_time()
        with suppress(Invalid):
            act(*args)
        return round(time.process_time() - begun, 3)

    tables = [sample for sample in SAMPLES if sample.rows is not None]
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        for what, act, samples in (("handed in", hand_in, SAMPLES), ("read as a table", read, tables)):
            took = {sample.name: seconds(act, sample.name, sample.make()) for sample in samples}
            worst = max(took, key=lambda name: took[name])
            yield Figure(f"slowest of {len(took)} files {what}: {worst}", took[worst], "s", MOST)
