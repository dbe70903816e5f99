"""形式审查: the checklist, and accept, return or refuse."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now, today
from common.errors import Conflict, Invalid, NotAllowed
from common.limits import take
from common.machine.actors import SYSTEM, stamp
from common.machine.door import move, move_many
from common.models import record
from common.text import clean
from common.work_calendar.working_days import last_of_working_days
from rounds.models import CheckItem
from ventures.application.actions.applying import freeze_submission
from ventures.application.content import form_of
from ventures.application.corrections import full_note
from ventures.eligibility.answering import decide
from ventures.limits import REMARKS
from ventures.models import CheckAnswer, Correction, Pin, RefusalReason, Remark, Submission, Venture
from ventures.notifications import tell_of_remark
from ventures.screening.queries import pinnable
from ventures.states import Group, waiting

LONGEST_REMARK = 500  # characters at one field
LONGEST_MESSAGE = 1000


@transaction.atomic
def answer_check(
    venture: Venture,
    *,
    by: Any,
    answers: Mapping[int, tuple[bool, str]],
    rules: Mapping[int, tuple[bool, str]] | None = None,
) -> None:
    """Answer lines of the checklist: item id → (met, evidence); of the round's rules on who may apply: rule id → (met, the
    word of who decides otherwise than the system has found). Conflict once the application is decided.

    A line that says what it said before keeps the name and the day of who answered it.
    """
    if not by.has_perm("ventures.decide", venture):
        raise NotAllowed(venture.why_not(by))
    row = Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)
    if row.state not in waiting(Group.SCREENING):
        raise Conflict(
            _("%(venture)s is “%(state)s”; its checklist can not be changed any more.")
            % {"venture": row, "state": row.get_state_display()}
        )
    items = {item.pk: item for item in CheckItem.objects.filter(round=venture.round_id)}
    if strange := set(answers) - set(items):
        raise Invalid(_("Line %(n)s is not on the checklist of this round.") % {"n": min(strange)})
    decide(row, rules or {}, by=by)
    given = {a.item_id: (a.met, a.evidence) for a in CheckAnswer.objects.filter(venture=row)}
    changed = {pk: (met, clean(evidence)) for pk, (met, evidence) in answers.items()}
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(venture=row, item=items[pk], met=met, evidence=evidence, at=now(), **stamp(by))
            for pk, (met, evidence) in changed.items()
            if given.get(pk) != (met, evidence)
        ],
        update_conflicts=True,
        unique_fields=["venture", "item"],
        update_fields=["met", "evidence", "by_id", "by_name", "at"],
    )


def accept(venture: Venture, *, by: Any, note: str = "", seen_state: str | None = None) -> Venture:
    """审查通过: every line of the checklist is met."""
    return move(venture, "accept", by=by, seen_state=seen_state, note=note)


def accept_many(ventures: Sequence[Venture], *, by: Any, note: str = "") -> list[Venture]:
    """The same for many: all or none. Raises NotReady with a sentence for each that can not be accepted."""
    return move_many(ventures, "accept", by=by, note=note)


@transaction.atomic
def return_for_correction(
    venture: Venture, *, by: Any, fields: Mapping[str, str], reason: str = "", seen_state: str | None = None
) -> Correction:
    """退回补正: `fields` are the paths that are opened, each with what is asked there; nothing else can be changed.

    Due in the round's number of working days. Raises Invalid without a field, or for one that the form does not have.
    """
    labels = dict(pinnable(venture.round))
    if not fields:
        raise Invalid({"fields": [_("Mark at least one field that is to be corrected.")]})
    if strange := [path for path in fields if path not in labels]:
        raise Invalid({"fields": [_("The form of this round has no field “%(path)s”.") % {"path": strange[0]}]})
    for path, said in fields.items():
        _check_length(said, f"remark_{path}", LONGEST_REMARK)
    due = last_of_working_days(_tomorrow(), venture.round.correction_days)
    pins = [Pin(path=path, label=labels[path], remark=clean(fields[path])) for path in labels if path in fields]
    move(
        venture, "return_for_correction", by=by, seen_state=seen_state, note=full_note(clean(reason), pins), due_on=due
    )
    correction = Correction.objects.create(
        submission=last_submission(venture), venture=venture, note=clean(reason), due_on=due, at=now(), **stamp(by),
    )  # fmt: skip
    for pin in pins:
        pin.correction = correction
    Pin.objects.bulk_create(pins)
    return correction


def last_submission(venture: Venture) -> Submission:
    """The version that is before the desk."""
    return Submission.objects.filter(venture=venture.pk).order_by("ordinal").last() or freeze_submission(
        venture, by=SYSTEM, at=now()
    )


@transaction.atomic
def remark(venture: Venture, *, by: Any, text: str, path: str = "") -> Remark:
    """A line in the thread between the desk and the applicant, while the application is being screened."""
    from_desk = by.has_perm("ventures.screen", venture)
    if not from_desk and not by.has_perm("ventures.apply", venture):
        raise NotAllowed
    if not from_desk:
        take(REMARKS, account=by.pk)
    _need(text, "text", _("Write what you want to say."))
    _check_length(text, "text", LONGEST_MESSAGE)
    row = Venture.objects.select_for_update(of=("self",)).select_related("round").get(pk=venture.pk)
    if row.state not in waiting(Group.SCREENING):
        raise Conflict(
            _("%(venture)s is “%(state)s”; messages are for the time of the screening.")
            % {"venture": row, "state": row.known_to(by).get_state_display()}
        )
    field = form_of(row.round).get(path)
    line = Remark.objects.create(
        venture=row, path=path if field else "", label=field.label if field else "", text=clean(text),
        from_desk=from_desk, at=now(), **stamp(by),
    )  # fmt: skip
    record(row, "remark", by=by)
    tell_of_remark(line)
    return line


@transaction.atomic
def refuse(
    venture: Venture, *, by: Any, reason: str, code: str = RefusalReason.OTHER, seen_state: str | None = None
) -> Venture:
    """不予受理 with a reason code and words."""
    _need(reason, "reason", _("Say why the application is refused."))
    if code not in RefusalReason.values:
        raise Invalid({"code": [_("“%(code)s” is not a reason of the list.") % {"code": code}]})
    return move(
        venture, "refuse", by=by, seen_state=seen_state, note=f"【{RefusalReason(code).label}】{reason}", reason=code
    )


def _tomorrow() -> Any:
    return today() + timedelta(1)


def _check_length(text: str, field: str, most: int) -> None:
    if len(text) > most:
        raise Invalid({field: [_("%(n)s characters are too many; at most %(max)s.") % {"n": len(text), "max": most}]})


def _need(text: str, field: str, sentence: str) -> None:
    if not clean(text):
        raise Invalid({field: [sentence]})
