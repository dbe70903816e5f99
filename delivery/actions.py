"""实施: activities, mid-term and final reports and their assessment."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now, today
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.door import move
from common.models import record
from common.text import clean
from common.work_calendar.working_days import last_of_working_days
from delivery.models import Activity, Report
from rounds.models.grades import band_of
from ventures.models import Venture
from ventures.states import Group, State, in_group


def begin_delivery(venture: Venture, *, by: Any, note: str = "", seen_state: str | None = None) -> Venture:
    """开始实施: once the agreement is signed and paid what is paid on signing (gates of funding)."""
    return move(venture, "begin_delivery", by=by, seen_state=seen_state, note=note)


@transaction.atomic
def record_activity(
    venture: Venture, *, by: Any, held_on: date, topic: str, attendance: int, volunteers: int = 0, place: str = ""
) -> Activity:
    """Record one activity as it happened. Counts only: no names of beneficiaries."""
    if not by.has_perm("ventures.apply", venture):
        raise NotAllowed
    if venture.state not in in_group(Group.DELIVERY):
        raise Conflict(_("Activities are recorded while the venture is in delivery."))
    if held_on > today():
        raise Invalid({"held_on": [_("%(day)s is in the future; record what has happened.") % {"day": held_on}]})
    activity = Activity.objects.create(
        venture=venture, held_on=held_on, topic=clean(topic), attendance=attendance, volunteers=volunteers,
        place=clean(place),
    )  # fmt: skip
    record(venture, "record_activity", by=by, held_on=held_on, attendance=attendance)
    return activity


@transaction.atomic
def reverse_activity(activity: Activity, *, by: Any, reason: str) -> Activity:
    """冲销: take back an activity that was recorded by mistake. Returns the counter-entry; the right one is recorded anew.

    Raises NotAllowed; Conflict outside delivery, or when it is a counter-entry or has one; Invalid(reason).
    """
    venture = Venture.objects.select_for_update(of=("self",)).get(pk=activity.venture_id)
    if not by.has_perm("ventures.apply", venture):
        raise NotAllowed
    if venture.state not in in_group(Group.DELIVERY):
        raise Conflict(_("Activities are corrected while the venture is in delivery."))
    if activity.reverses_id is not None or Activity.objects.filter(reverses=activity.pk).exists():
        raise Conflict(
            _("“%(activity)s” is taken back already, or is a counter-entry itself.") % {"activity": activity}
        )
    reason = clean(reason)
    if not reason:
        raise Invalid({"reason": [_("Say what is wrong with it.")]})
    counter = Activity.objects.create(
        venture=venture, held_on=activity.held_on, topic=activity.topic, place=activity.place,
        attendance=activity.attendance, volunteers=activity.volunteers, reverses=activity, reversed_because=reason,
    )  # fmt: skip
    record(venture, "reverse_activity", by=by, note=reason, held_on=activity.held_on, attendance=activity.attendance)
    return counter


@transaction.atomic
def hand_in_midterm(venture: Venture, *, by: Any, **report: Any) -> Venture:
    """中期报告, or the report after a rectification."""
    verb = "report_rectification" if venture.state == State.RECTIFYING else "report_midterm"
    return _hand_in(venture, Report.Kind.MID_TERM, verb, by, report)


@transaction.atomic
def hand_in_final(venture: Venture, *, by: Any, **report: Any) -> Venture:
    """末期报告."""
    return _hand_in(venture, Report.Kind.FINAL, "report_final", by, report)


def _hand_in(venture: Venture, kind: str, verb: str, by: Any, report: Mapping[str, Any]) -> Venture:
    if not str(report.get("progress", "")).strip():
        raise Invalid({"progress": [_("Say what was planned and what was done, with numbers.")]})
    Report.objects.create(venture=venture, kind=kind, handed_in_at=now(), handed_in_by_id=by.pk, **report)
    venture.remember_acting(by)
    return move(venture, verb, by=by)


@transaction.atomic
def pass_midterm(
    venture: Venture, *, by: Any, assessment: str = "", score: Decimal | None = None, seen_state: str | None = None
) -> Venture:
    """中期合格: what waits for it may be paid."""
    move(venture, "pass_midterm", by=by, seen_state=seen_state, note=assessment, at=now())
    _judge(venture, Report.Kind.MID_TERM, Report.Verdict.PASSED, assessment, score)
    return venture


@transaction.atomic
def fail_midterm(
    venture: Venture, *, by: Any, assessment: str, working_days: int = 10, seen_state: str | None = None
) -> Venture:
    """限期整改 within working days."""
    if not assessment.strip():
        raise Invalid({"assessment": [_("Say what must be put right.")]})
    due = last_of_working_days(today() + timedelta(1), working_days)
    move(venture, "order_rectification", by=by, seen_state=seen_state, note=assessment, due_on=due)
    _judge(venture, Report.Kind.MID_TERM, Report.Verdict.FAILED, assessment, None, rectify_by=due)
    return venture


@transaction.atomic
def pass_final(
    venture: Venture, *, by: Any, score: Decimal, assessment: str = "", seen_state: str | None = None
) -> Venture:
    """末期评估 with a score 0–100; the grade follows from the round's bands. One that does not pass: NotReady."""
    if not 0 <= score <= 100:
        raise Invalid({"score": [_("%(score)s is not between 0 and 100.") % {"score": score}]})
    band = band_of(venture.round.grade_bands.all(), score)
    grade = band.name if band else ""
    move(venture, "pass_final", by=by, seen_state=seen_state, note=assessment, score=score, grade=grade, at=now())
    _judge(venture, Report.Kind.FINAL, Report.Verdict.PASSED, assessment, score)
    return venture


def _judge(venture: Venture, kind: str, verdict: str, assessment: str, score: Decimal | None, **more: Any) -> None:
    report = venture.reports.filter(kind=kind, verdict=Report.Verdict.PENDING).last()
    assert report is not None  # the gate on handing in has seen it
    report.verdict, report.assessment, report.score = verdict, clean(assessment), score
    for name, value in more.items():
        setattr(report, name, value)
    report.save()
