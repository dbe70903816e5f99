"""Conditions of the delivery: reports handed in, accepted, activities recorded."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.machine.gates import RemedyLink
from common.text import plain
from delivery.models import Report
from rounds.models.grades import band_of, pass_mark_of
from ventures.gates import gate
from ventures.models import Venture
from ventures.states import State


def _to_delivery(venture: Venture) -> list[RemedyLink]:
    """Activities and reports of the venture; the final report's assessment while that is open."""
    if venture.state == State.IN_EVALUATION:
        return [RemedyLink(_("Assess the final report"), "desk_venture_final", (venture.pk,))]
    return [RemedyLink(_("Activities and reports"), "desk_venture", (venture.pk,), "tab=delivery")]


@gate("report_midterm", label=gettext_lazy("The round has a mid-term"))
def round_has_a_mid_term(venture: Venture) -> bool:
    return venture.round.has_mid_term


@gate("report_midterm", label=gettext_lazy("The mid-term is not passed yet"))
def midterm_is_not_passed_yet(venture: Venture) -> bool:
    return venture.midterm_passed_at is None


@gate("report_final", label=gettext_lazy("The mid-term is passed, where the round has one"))
def is_past_mid_term(venture: Venture) -> bool:
    return venture.is_past_mid_term


@gate("report_midterm", "report_rectification", label=gettext_lazy("The mid-term report is handed in"))
def midterm_report_is_in(venture: Venture) -> bool:
    return _pending(venture, Report.Kind.MID_TERM)


@gate("report_final", label=gettext_lazy("The final report is handed in"))
def final_report_is_in(venture: Venture) -> bool:
    return _pending(venture, Report.Kind.FINAL)


def _pending(venture: Venture, kind: str) -> bool:
    return venture.reports.filter(kind=kind, verdict=Report.Verdict.PENDING).exists()


@gate("pass_final", label=gettext_lazy("The score reaches the pass mark"))
def final_score_passes(venture: Venture, score: Decimal) -> Any:
    bands = list(venture.round.grade_bands.all())
    band = band_of(bands, score)
    return bool(band and band.passes) or _(
        "%(score)s is below the pass mark %(mark)s; such a venture is terminated."
    ) % {"score": score, "mark": plain(pass_mark_of(bands))}


@gate("close", label=gettext_lazy("The final report is accepted"), link=_to_delivery)
def final_report_is_accepted(venture: Venture) -> bool:
    return any(r.kind == Report.Kind.FINAL and r.verdict == Report.Verdict.PASSED for r in venture.reports.all())


@gate("close", label=gettext_lazy("Activities are recorded"), link=_to_delivery)
def activities_are_recorded(venture: Venture) -> Any:
    n = venture.activities.counted().count()
    return n > 0 or _("No activity is recorded; %(planned)s were planned.") % {"planned": venture.sessions_planned}
