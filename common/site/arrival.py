"""When a request arrived. A deadline is kept by the moment in which the server had the whole request, not by the moment
in which one of its threads found time for it: in the last seconds of a call many wait for a thread."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from common.clock import now

# No header of a client ends up under this name: those begin with HTTP_.
KEY = "hongchuang.arrived_at"
LONGEST_WAIT = timedelta(minutes=10)


class Parser(HTTPRequestParser):
    """`begun_at` is monotonic; `has_room`: what it announces may be held (common.serving)."""

    arrived_at: datetime | None = None
    has_room = False

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.begun_at = time.monotonic()

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.completed and self.arrived_at is None:
            self.arrived_at = timezone.now()
        return consumed


class Task(WSGITask):
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ[KEY] = self.request.arrived_at
        return environ


def arrived_at(request: HttpRequest) -> datetime:
    """The moment in which the whole request was here; now, under a server that does not tell."""
    present = now()
    at = request.META.get(KEY)
    return at if isinstance(at, datetime) and present - LONGEST_WAIT <= at <= present else present
