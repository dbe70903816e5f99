"""Where the phases of a round stand, by what its ventures still wait for."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from rounds.models import Round
from rounds.phases import DONE
from rounds.timeline import Line, Timeline, planned, timeline
from ventures.models import Venture
from ventures.states import FINAL_STATES, phase_of


def timeline_of(round_: Round) -> Timeline | None:
    """None for a round that plans nothing after its call. Two queries.

    Everybody may read it: while a round is in review, what is selected already makes its review no more done than what
    is not (`rounds.phases.OVER_SINCE`).
    """
    phases = planned(round_)
    return timeline(round_, phases, _waiting(round_)) if len(phases) > 1 else None


def _waiting(round_: Round) -> Mapping[str, int]:
    rows = Venture.objects.filter(round=round_).exclude(state__in=FINAL_STATES).order_by()
    found: Counter[str] = Counter()
    for state, n, passed in rows.values_list("state").annotate(Count("pk"), Count("midterm_passed_at")):
        for is_past_mid_term, some in ((True, passed), (False, n - passed)):
            if phase := phase_of(state, is_past_mid_term=is_past_mid_term):
                found[phase] += some
    return found


def line_of(venture: Venture, drawn: Timeline) -> Line | None:
    """The phase in which a venture is: of several stages of one kind the first that is not done."""
    phase = phase_of(venture.state, is_past_mid_term=venture.is_past_mid_term)
    lines = [line for line in drawn.lines if line.phase.kind == phase]
    return next((line for line in lines if line.standing is not DONE), lines[-1] if lines else None)
