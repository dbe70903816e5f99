"""The process that sets type, seen from outside.

typst panics on some text and sits for minutes over other (a thousand accents on one letter), and a thread cannot be
stopped. A process can: it is limited in time, ended when it fails and started again for the next document.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

CPU_SECONDS = 2  # for one document; an application of seven pages takes 0.2
WALL_SECONDS = 30.0  # for one document on a machine with much else to do
QUEUE_SECONDS = 30.0  # until those before are printed

LENGTH = struct.Struct("!I")


class Choked(Exception):
    """typst panicked or ran out of time: it is the text."""


class Broken(Exception):
    """The template does not compile, or the process does not start: it is us."""


class Busy(Exception):
    """The queue is too long."""


class Press:
    """One child process, started at the first document; it ends with us, because then its input ends."""

    def __init__(self, *, fonts: Path) -> None:
        self.fonts = fonts
        self.child: subprocess.Popen[bytes] | None = None
        self.turn = threading.Lock()
        atexit.register(self.stop)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.forget)

    def print(self, template: Path, data: str) -> bytes:
        """The PDF. Raises Choked, Broken or Busy."""
        if not self.turn.acquire(timeout=QUEUE_SECONDS):
            raise Busy
        try:
            child = self._running()
            overtime = threading.Timer(WALL_SECONDS, child.kill)
            overtime.start()
            try:
                return self._ask(child, json.dumps({"template": str(template), "data": data}).encode())
            except BaseException:
                # Whatever is half written or half read, the next document begins anew.
                self.stop()
                raise
            finally:
                overtime.cancel()
        finally:
            self.turn.release()

    def stop(self) -> None:
        """End the process, if there is one, whatever it is doing."""
        child, self.child = self.child, None
        if child is None:
            return
        assert child.stdin and child.stdout
        child.kill()
        child.wait()
        child.stdout.close()
        with suppress(BrokenPipeError):  # what it did not read
            child.stdin.close()

    def forget(self) -> None:
        """After a fork: the process belongs to the parent."""
        self.child, self.turn = None, threading.Lock()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.child is None or self.child.poll() is not None:
            self.stop()
            self.child = subprocess.Popen(
                # -P: what lies beside the program (text.py, forms.py …) is not to be mistaken for a library.
                [
                    sys.executable,
                    "-P",
                    str(Path(__file__).with_name("compositor.py")),
                    str(self.fonts),
                    str(CPU_SECONDS),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "RUST_BACKTRACE": "0"},
                start_new_session=True,  # Ctrl-C is for us; the end of its input is for the child
            )
        return self.child

    @staticmethod
    def _ask(child: subprocess.Popen[bytes], job: bytes) -> bytes:
        assert child.stdin and child.stdout
        try:
            send(child.stdin, job)
            verdict, result = receive(child.stdout), receive(child.stdout)
        except OSError:
            verdict = result = None
        if verdict is None or result is None:
            code = child.wait(WALL_SECONDS)
            raise (Choked if code < 0 else Broken)(f"the process ended with {code}")
        if verdict != b"pdf":
            raise (Choked if verdict == b"panic" else Broken)(result.decode())
        return result


def send(stream: IO[bytes], message: bytes) -> None:
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    message = stream.read(size)
    return message if len(message) == size else None
