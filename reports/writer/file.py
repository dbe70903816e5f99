"""From sheets to a file, whole or not at all."""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from common.files.disk import sha256_of, sync_folder
from reports.writer.cached import fill
from reports.writer.paper import Paper, add_styles
from reports.writer.spec import Sheet

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class WrittenFile:
    path: Path
    size: int
    sha256: str


def write(sheets: Sequence[Sheet], folder: Path, key: str, progress: Progress) -> WrittenFile:
    """Write the sheets as one workbook into `folder` and return where it is.

    The name is `key` with a random tail. Until the file is complete and on the disk it has a hidden temporary name
    in the same folder; a run that is killed leaves at most that, and `sweep(folder, key)` removes it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(8)
    draft, whole = folder / f".{key}.{token}.draft.tmp", folder / f".{key}.{token}.whole.tmp"
    final = folder / f"{key}.{token}.xlsx"
    try:
        values, ranges = _draft(sheets, draft, progress)
        with whole.open("xb") as f:
            fill(draft, f, values, ranges)
            f.flush()
            os.fsync(f.fileno())
        written = WrittenFile(final, whole.stat().st_size, sha256_of(whole))
        os.replace(whole, final)
        sync_folder(folder)
    finally:
        draft.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)
    return written


def sweep(folder: Path, key: str, keep: Path | None = None) -> int:
    """Remove what other runs of `key` left, finished files that nobody took over included. Returns how many."""
    left = [p for pattern in (f".{key}.*.tmp", f"{key}.*.xlsx") for p in folder.glob(pattern) if p != keep]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _draft(sheets: Sequence[Sheet], path: Path, progress: Progress) -> tuple[list[dict[str, object]], list[str]]:
    total = sum(s.row_count for s in sheets) + len(sheets)
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    values, ranges = [], []
    for sheet in sheets:
        paper = Paper(sheet, book.create_sheet(sheet.name), tick)
        paper.lay_out()
        values.append(paper.values)
        ranges.append(paper.used_range)
        tick()
    book.save(path)
    return values, ranges
