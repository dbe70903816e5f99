"""The files of the corpus, all of them. Made when asked for, always the same bytes.

`python -m tests.corpus.make FOLDER` writes them, with MANIFEST.csv.
"""

import csv
import sys
from pathlib import Path

from tests.corpus import (  # noqa: F401  (they add their samples)
    hostile_office,
    hostile_pdfs,
    ordinary,
    package_parts,
    packages,
    papers,
    sheets,
    texts,
)
from tests.corpus.sample import SAMPLES, Sample

__all__ = ["SAMPLES", "Sample"]

if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with (target / "MANIFEST.csv").open("w", encoding="utf-8-sig", newline="") as f:
        manifest = csv.writer(f)
        manifest.writerow(("file", "what it is", "handed in", "read as a table"))
        for sample in SAMPLES:
            (target / sample.name).write_bytes(sample.make())
            manifest.writerow((sample.name, sample.what, sample.stored or "stored", sample.rows))
