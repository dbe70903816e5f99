"""The guards of the drill, a file for each part of the house.

- guard: its sentence
  cuts: what is taken away of the code (the operations are in `tests/drills/mutation.py`)
  tests: which must all fail then
  says: what they say
  engines: where it is drilled, [sqlite3] if not given
  chances: a race without its lock is lost nearly always, not always; how often it may be run to see it lost
"""

from pathlib import Path
from typing import Any

import yaml


def rows() -> list[dict[str, Any]]:
    """All guards, file by file."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return [row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))]
