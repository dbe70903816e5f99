"""`__main__.py CPU_SECONDS MEGABYTES`: [kind, path] on stdin, one word of what was found on stdout, or none.

Started by common.files.asking, which has the sentences to the words.
"""

import json
import logging
import signal
import struct
import sys
from pathlib import Path

# Behind the libraries: `common` is found, and nothing of the house is mistaken for one of them.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from common.inspector import office, pdf

try:
    import resource
except ImportError:  # no such limits on Windows: the clock outside remains
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct("!I")
MEGABYTE = 1024 * 1024


def main(cpu_seconds: float, megabytes: int) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    pdf.set_limits()
    logging.disable()  # what qpdf thinks of a stranger's file is not for our log
    jobs, results = sys.stdin.buffer, sys.stdout.buffer
    while head := jobs.read(LENGTH.size):
        kind, path = json.loads(jobs.read(*LENGTH.unpack(head)))
        limit(cpu_seconds)
        try:
            answer = (pdf if kind == "pdf" else office).word_for(Path(path)).encode()
        except (MemoryError, RecursionError):
            answer = b"heavy"
        limit(0)
        results.write(LENGTH.pack(len(answer)) + answer)
        results.flush()


def limit(cpu_seconds: float) -> None:
    """So much time of the processor from now on; then the system ends this process. Finer than RLIMIT_CPU, which counts
    whole seconds."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
