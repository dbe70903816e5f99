"""The process that sets type, from inside: `compositor.py FONTS CPU_SECONDS`, jobs on stdin, PDFs on stdout.

Started by common.pdf.press. A program of its own without Django: it starts in a twentieth of a second.
"""

import json
import struct
import sys
from pathlib import Path
from typing import Any

import typst

try:
    import resource
except ImportError:  # no such limits on Windows: the clock of the press remains
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct("!I")
MEMORY = 11  # typst keeps what the last ten documents were made of, some 35 MB each


def main(fonts_in: str, cpu_seconds: int) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # who runs out of time leaves no picture of what was typed
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts_in])
    jobs, results = sys.stdin.buffer, sys.stdout.buffer
    while head := jobs.read(LENGTH.size):
        job = json.loads(jobs.read(*LENGTH.unpack(head)))
        limit(cpu_seconds)
        for message in compose(fonts, Path(job["template"]), job["data"]):
            results.write(LENGTH.pack(len(message)) + message)
        results.flush()
        forget(fonts)


def compose(fonts: typst.Fonts, template: Path, data: str) -> tuple[bytes, bytes]:
    """(b"pdf", the PDF), (b"error", what is wrong with the template) or (b"panic", what typst said)."""
    try:
        compiler = typst.Compiler(template, root=template.parent, font_paths=fonts, ignore_system_fonts=True)
        # A fixed time: otherwise the PDF would tell when it was made and never be the same twice.
        pdf: Any = compiler.compile(format="pdf", sys_inputs={"data": data}, timestamp=0)
    except typst.TypstError as error:
        return b"error", f"{error.message} {error.diagnostic}".encode()
    except BaseException as error:  # a panic is no Exception
        return b"panic", f"{type(error).__name__}: {error}".encode()
    return b"pdf", pdf


def limit(cpu_seconds: int) -> None:
    """The next document may take so much time of the processor; then the system ends this process."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
        __, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def forget(fonts: typst.Fonts) -> None:
    """Push the document out of typst's memory by documents of one letter (about 0.02 s, after the answer)."""
    compiler = typst.Compiler(b"", font_paths=fonts, ignore_system_fonts=True)
    for n in range(MEMORY):
        compiler.compile(b"#sys.inputs.n", format="pdf", sys_inputs={"n": str(n)}, timestamp=0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
