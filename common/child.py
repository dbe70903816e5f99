"""A process of ours for what must not harm the others: seen from outside.

Libraries panic on some input and sit for minutes over other, and a thread cannot be stopped. A process can: it is limited
in time, ended when it fails and started again for the next job. One job at a time; a message is its length and its bytes.
"""

import atexit
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

LENGTH = struct.Struct("!I")
# What Python needs to start. Passwords and keys of ours are nothing to a process that reads what strangers wrote.
ENVIRONMENT = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
)


class Busy(Exception):
    """The queue is too long."""


class Ended(Exception):
    """The process ended instead of answering: with a code below zero by a signal, which a limit sends."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the process ended with {code}")
        self.code = code


class Child:
    """A program beside us, started at the first job; it ends with us, because then its input ends."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.child: subprocess.Popen[bytes] | None = None
        self.turn = threading.Lock()
        atexit.register(self.stop)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.forget)

    def ask(
        self, job: bytes, *, arguments: list[str], answers: int, wall_seconds: float, queue_seconds: float
    ) -> list[bytes]:
        """So many messages of answer. Raises Busy or Ended."""
        if not self.turn.acquire(timeout=queue_seconds):
            raise Busy
        try:
            child = self._running(arguments)
            overtime = threading.Timer(wall_seconds, child.kill)
            overtime.start()
            try:
                return self._ask(child, job, answers, wall_seconds)
            except BaseException:
                # Whatever is half written or half read, the next job begins anew.
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

    def _running(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        if self.child is None or self.child.poll() is not None:
            self.stop()
            self.child = subprocess.Popen(
                # -P: what lies beside the program (text.py, forms.py …) is not to be mistaken for a library.
                [sys.executable, "-P", str(self.program), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                start_new_session=True,  # Ctrl-C is for us; the end of its input is for the child
            )
        return self.child

    @staticmethod
    def _ask(child: subprocess.Popen[bytes], job: bytes, answers: int, wall_seconds: float) -> list[bytes]:
        assert child.stdin and child.stdout
        got: list[bytes | None] = []
        with suppress(OSError):
            _send(child.stdin, job)
            got = [_receive(child.stdout) for __ in range(answers)]
        whole = [message for message in got if message is not None]
        if len(whole) < answers:
            raise Ended(child.wait(wall_seconds))
        return whole


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    message = stream.read(size)
    return message if len(message) == size else None
