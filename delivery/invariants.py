"""Laws of delivery: reports, activities, evaluation."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from delivery.models import Activity, Report
from rounds.models import GradeBand
from ventures.models import PAST_MID_TERM, Venture
from ventures.states import State

IN_MID_TERM = {State.MID_TERM, State.RECTIFYING}
AFTER_MID_TERM = {State.IN_EVALUATION, State.EVALUATED, State.SHOWN, State.CLOSED}
EVALUATED = {State.EVALUATED, State.SHOWN, State.CLOSED}
BROKEN_OFF = {State.TERMINATING, State.TERMINATED}  # before the report was assessed


@invariant(gettext_lazy("One report awaits assessment while a venture is evaluated, and none otherwise"))
def one_report_awaits_assessment_while_it_is_evaluated() -> Violations:
    """In mid-term evaluation one mid-term report waits, in final evaluation one final report. Once it is back in delivery
    nothing waits, unless the venture was terminated over it."""

    def waiting(kind: str) -> Count:
        return Count("reports", filter=Q(reports__kind=kind, reports__verdict=Report.Verdict.PENDING))

    ventures = Venture.objects.exclude(state__in=BROKEN_OFF).annotate(
        midterms=waiting(Report.Kind.MID_TERM), finals=waiting(Report.Kind.FINAL)
    )
    evaluated = {State.MID_TERM: (1, 0), State.IN_EVALUATION: (0, 1)}
    right = ~Q(state__in=evaluated) & Q(midterms=0, finals=0)
    for state, (midterms, finals) in evaluated.items():
        right |= Q(state=state, midterms=midterms, finals=finals)
    for venture in ventures.exclude(right).iterator():
        yield venture, _("it is “%(state)s”; awaiting assessment are mid-term reports: %(midterms)s, final reports: %(finals)s.") % {
            "state": venture.get_state_display(), "midterms": venture.midterms, "finals": venture.finals,
        }  # fmt: skip


@invariant(gettext_lazy("The mid-term is passed by a report that passed, and before the final evaluation"))
def the_mid_term_is_passed_by_a_report() -> Violations:
    """The mid-term report failed on 06-20, the one after the rectification passed on 07-15: the mid-term is passed on that
    day. Without such a report nobody is in final evaluation, and in a round without a mid-term nobody has one."""
    passed = Exists(
        Report.objects.filter(venture=OuterRef("pk"), kind=Report.Kind.MID_TERM, verdict=Report.Verdict.PASSED)
    )
    is_passed = Q(midterm_passed_at__isnull=False)
    wrong = is_passed & ~Q(passed) | ~is_passed & Q(passed) | ~PAST_MID_TERM & Q(state__in=AFTER_MID_TERM)
    wrong |= Q(round__has_mid_term=False) & (is_passed | Q(state__in=IN_MID_TERM))
    for venture in Venture.objects.filter(wrong).iterator():
        yield venture, _("it is “%(state)s”; the mid-term is passed %(at)s, its reports say otherwise.") % {
            "state": venture.get_state_display(), "at": venture.midterm_passed_at or "—",
        }  # fmt: skip


@invariant(gettext_lazy("The grade is what the final score comes to by the marks of the round"))
def the_grade_is_what_the_final_score_comes_to() -> Violations:
    """优秀 from 85, 良好 from 75, 合格 from 60: 88.00 is 优秀. Who is evaluated has a score, and 59.99 passes nothing."""
    reached = GradeBand.objects.filter(round=OuterRef("round"), lowest__lte=OuterRef("final_score")).order_by("ordinal")
    ventures = Venture.objects.annotate(
        by_marks=Coalesce(Subquery(reached.values("name")[:1]), Value("")),
        passes=Subquery(reached.values("passes")[:1]),
    )
    wrong = ~Q(grade=F("by_marks")) | Q(passes=False) | Q(state__in=EVALUATED, final_score=None)
    for venture in ventures.filter(wrong).iterator():
        yield venture, _("its final score is %(score)s, its grade “%(grade)s”.") % {
            "score": venture.final_score if venture.final_score is not None else "—",
            "grade": venture.grade or "—",
        }  # fmt: skip


@invariant(gettext_lazy("Counts are not negative, satisfaction and scores lie between 0 and 100"))
def counts_of_delivery_are_possible() -> Violations:
    """乡音课堂 was visited 30 times, with 4 volunteers; 96.50 % were satisfied. 人次 and 人数 are counted apart, and neither
    falls below nought."""
    for activity in Activity.objects.filter(Q(attendance__lt=0) | Q(volunteers__lt=0)).select_related("venture"):
        yield activity.venture, _("%(activity)s: attendance %(n)s, volunteers %(volunteers)s.") % {
            "activity": activity, "n": activity.attendance, "volunteers": activity.volunteers,
        }  # fmt: skip
    wrong = Q(beneficiaries__lt=0)
    for name in ("satisfaction", "score"):
        wrong |= Q(**{f"{name}__lt": 0}) | Q(**{f"{name}__gt": 100})
    for report in Report.objects.filter(wrong).select_related("venture"):
        yield report.venture, _("%(report)s: %(n)s people, satisfaction %(satisfaction)s, score %(score)s.") % {
            "report": report.get_kind_display(), "n": report.beneficiaries, "satisfaction": report.satisfaction,
            "score": report.score,
        }  # fmt: skip


@invariant(gettext_lazy("A closed venture has its final report accepted and its activities recorded"))
def a_closed_venture_has_reported_and_acted() -> Violations:
    """HC2020-001 was closed with a final report that scored 91 and 12 activities. Closed with none, there was nothing to
    close."""
    of_it = {"venture": OuterRef("pk")}
    accepted = Exists(Report.objects.filter(**of_it, kind=Report.Kind.FINAL, verdict=Report.Verdict.PASSED))
    acted = Exists(Activity.objects.counted().filter(**of_it))
    for venture in Venture.objects.filter(~Q(accepted) | ~Q(acted), state=State.CLOSED).iterator():
        yield venture, _("it is closed without an accepted final report or without activities.")
