"""The process that sets type, seen from outside.

typst panics on some text and sits for minutes over other (a thousand accents on one letter): it works in a process of
its own (common.child), limited in time.
"""

import json
from pathlib import Path

from common.child import Busy, Child, Ended

CPU_SECONDS = 2  # for one document; an application of seven pages takes 0.2
WALL_SECONDS = 30.0  # for one document on a machine with much else to do
QUEUE_SECONDS = 30.0  # until those before are printed

__all__ = ["Broken", "Busy", "Choked", "Press"]


class Choked(Exception):
    """typst panicked or ran out of time: it is the text."""


class Broken(Exception):
    """The template does not compile, or the process does not start: it is us."""


class Press(Child):
    def __init__(self, *, fonts: Path) -> None:
        super().__init__(Path(__file__).with_name("compositor.py"))
        self.fonts = fonts

    def print(self, template: Path, data: str) -> bytes:
        """The PDF. Raises Choked, Broken or Busy."""
        try:
            verdict, result = self.ask(
                json.dumps({"template": str(template), "data": data}).encode(),
                arguments=[str(self.fonts), str(CPU_SECONDS)],
                answers=2,
                wall_seconds=WALL_SECONDS,
                queue_seconds=QUEUE_SECONDS,
            )
        except Ended as e:
            raise (Choked if e.code < 0 else Broken)(str(e)) from e
        if verdict == b"pdf":
            return result
        self.stop()
        raise (Choked if verdict == b"panic" else Broken)(result.decode())
