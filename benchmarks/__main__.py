"""`make bench ONLY=name`: one JSON line per figure. Take ratios from here, not absolute times.

{"bench", "figure", "value", "unit", "goal", "holds"}; `goal` is what the figure should stay at or below.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import files, imports, lists, memory, moves, rush, siege, threads  # noqa: E402

BENCHES = {
    "files": files.run,
    "import": imports.run,
    "lists": lists.run,
    "moves": moves.run,
    "memory": memory.run,
    "rush": rush.run,
    "siege": siege.run,
    "threads": threads.run,
}


def main() -> int:
    # Extra benches live beside these: benchmarks/<name>.py with a `run()` that yields figures.
    chosen = sys.argv[1:] or sorted(BENCHES)
    all_hold = True
    for name in chosen:
        if name not in BENCHES:
            print(f"No bench {name}. There are: {', '.join(sorted(BENCHES))}.", file=sys.stderr)
            return 2
        for figure in BENCHES[name]():
            holds = figure.goal is None or figure.value <= figure.goal
            all_hold = all_hold and holds
            line = {"bench": name, "figure": figure.name, "value": figure.value, "unit": figure.unit}
            print(json.dumps({**line, "goal": figure.goal, "holds": holds}, ensure_ascii=False), flush=True)
    return 0 if all_hold or os.environ.get("BENCH_ONLY_TELLS") else 1


if __name__ == "__main__":
    sys.exit(main())
