"""What a play came to, as `--json` writes it: counts, money, moves, paths. Nothing in it depends on the clock but
`seconds`, nor on numbers that the database gave out."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from common.money import ZERO
from funding.queries import totals
from rounds.models import Round
from simulation.play import Played
from ventures.models import Venture
from ventures.states import FINAL_STATES, State

MONEY = ("awarded", "paid", "recovered", "returned", "spent")


def ventures_of(rounds: Iterable[Round]) -> Any:
    return Venture.objects.filter(round__in=[r.pk for r in rounds])


def outcome(played: Played, workbooks: Iterable[Path], base: Path, seconds: float) -> dict[str, Any]:
    """states (state → count), money (元, two decimals), moves, workbooks (paths below `base`), seconds."""
    ventures = ventures_of(played.rounds)
    counted = Counter(ventures.order_by().values_list("state", flat=True))
    sums = totals(ventures)
    return {
        "states": {state: counted[state] for state in State.values if counted[state]},
        "money": {name: f"{sums[name] or ZERO:.2f}" for name in MONEY},
        "moves": played.moves,
        "workbooks": [_below(path, base) for path in workbooks],
        "seconds": round(seconds, 2),
    }


def unfinished(rounds: Iterable[Round]) -> list[Venture]:
    return list(ventures_of(rounds).exclude(state__in=FINAL_STATES).order_by("pk"))


def _below(path: Path, base: Path) -> str:
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()
