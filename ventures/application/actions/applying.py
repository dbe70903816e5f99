"""Applying: from an empty draft to a submitted application."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from common import deadlines
from common.clock import clock_time, now
from common.errors import Conflict, Invalid, NotAllowed, NotReady, Stale
from common.limits import take
from common.machine.actors import stamp
from common.machine.door import move, move_many
from common.machine.sql import lock
from common.models import record
from organizations.models import Organization, Platform
from rounds.models import Round
from ventures.application.actions.locking import LockedApplication, check_may_write, lock_application
from ventures.application.content import title_of
from ventures.eligibility.answering import fill_in
from ventures.limits import DRAFTS
from ventures.models import Application, Correction, Counter, Submission, Venture
from ventures.search_index import index_venture
from ventures.states import State


@transaction.atomic
def start(
    *, by: Any, round: Round, organization: Organization, title: str, platform: Platform | None = None
) -> Venture:
    """Begin a draft in a round for an organization. Without a platform, the one of the organization's place.

    Staff may begin one for an applicant (代录); it is marked so. Raises NotAllowed; Conflict when the call is not open;
    TooMany drafts.
    """
    for_applicant = by.has_perm("ventures.enter_for_applicant")
    if not for_applicant and not by.has_perm("organizations.edit", organization):
        raise NotAllowed
    if not round.is_call_open:
        raise Conflict(_("The call of %(round)s is not open.") % {"round": round})
    lock(Organization, [organization.pk])
    take(DRAFTS, organization=organization.pk, round=round.pk)
    venture = Venture.objects.create(
        round=round,
        organization=organization,
        platform=platform or platform_for(organization, round),
        title=title_of(title),
        leader=organization.legal_representative,
        phone=organization.phone,
        is_demo=round.is_demo,
        entered_by=by if for_applicant else None,
    )
    Application.objects.create(venture=venture)
    record(venture, "enter_for_applicant" if for_applicant else "start", by=by)
    index_venture(venture.pk)
    return venture


def platform_for(organization: Organization, round_: Round) -> Platform:
    """The town's platform of the organization's place, else the city's."""
    near = Platform.objects.filter(place__in=[organization.place_id, organization.place.parent_id or 0], tier="town")
    return near.first() or round_.platform


@transaction.atomic
def declare(venture: Venture, *, by: Any, declared: bool) -> LockedApplication:
    """Store the tick under the declaration (承诺). Returns what is written now, locked for `bind_stamp` and `submit`."""
    locked = lock_application(venture)
    check_may_write(locked.venture, by)
    Application.objects.filter(venture=venture.pk).update(declared=declared)
    return locked


@transaction.atomic
def submit(
    venture: Venture,
    *,
    by: Any,
    at: datetime | None = None,
    version: int | None = None,
    locked: LockedApplication | None = None,
) -> Venture:
    """提交申报书. Numbers it HC2020-001 and freezes what was submitted (Submission: the receipt).

    `at` is when it arrived, by which the deadline is kept; `version` is the one that was read before it was handed in;
    `locked` is what was already locked and read in this transaction. Raises Invalid(fields) for what is missing,
    NotReady when the call is over, Stale when somebody has written after that version.
    """
    at, locked = at or now(), locked or lock_application(venture)
    row = locked.venture
    number, is_first = row.number, not row.number
    if is_first and row.state == State.DRAFT and row.round.is_call_open_at(at) and not locked.missing:
        number = next_number(row.round)
    _checked(venture, "submit", locked, by=by, number=number, at=at)
    _check_read(locked, version)
    if is_first:
        index_venture(venture.pk)
    freeze_submission(venture, by=by, at=at, locked=locked)
    fill_in(venture)
    return venture


def next_number(round_: Round) -> str:
    """The next number of a series in a year; its counter is locked until the transaction ends."""
    prefix = f"{round_.series.code}{round_.year}-"
    counter = _counted_on(prefix)
    if counter is None:
        Counter.objects.get_or_create(prefix=prefix, defaults={"last": _last_number(round_, prefix)})
        counter = _counted_on(prefix)
    return str(counter)


def _counted_on(prefix: str) -> Counter | None:
    """The counter, one further; None when nothing was ever numbered so. The UPDATE holds the row."""
    count = f"UPDATE {Counter._meta.db_table} SET last = last + 1 WHERE prefix = %s RETURNING last"
    with connection.cursor() as cursor:
        cursor.execute(count, [prefix])
        found = cursor.fetchone()
    return Counter(prefix, *found) if found else None


def _last_number(round_: Round, prefix: str) -> int:
    """Of ventures that were numbered before there was a counter."""
    taken = Venture.objects.filter(round__series=round_.series, number__startswith=prefix)
    return max((int(n.removeprefix(prefix)) for n in taken.values_list("number", flat=True)), default=0)


@transaction.atomic
def resubmit(
    venture: Venture,
    *,
    by: Any,
    at: datetime | None = None,
    version: int | None = None,
    locked: LockedApplication | None = None,
) -> Venture:
    """补正后重新提交: the answer to the open correction. Arguments and errors as of `submit`."""
    at, locked = at or now(), locked or lock_application(venture)
    _checked(venture, "resubmit", locked, by=by, at=at)
    _check_read(locked, version)
    submission = freeze_submission(venture, by=by, at=at, locked=locked)
    Correction.objects.filter(venture=venture.pk, answered_by=None).update(answered_by=submission)
    fill_in(venture)
    return venture


def freeze_submission(
    venture: Venture, *, by: Any, at: datetime, locked: LockedApplication | None = None
) -> Submission:
    """The application as it stands now, as its next immutable version. `venture` has its number."""
    locked = locked or lock_application(venture)
    ordinal = Submission.objects.filter(venture=venture.pk).count() + 1
    submission = Submission.objects.create(
        venture=locked.venture, ordinal=ordinal, receipt=f"{venture.number}-{ordinal}", content=locked.content,
        hash=locked.hash, at=at, stamped_scan=locked.stamp, **stamp(by),
    )  # fmt: skip
    submission.files.add(*(a.file for a in locked.attachments))
    return submission


def _checked(venture: Venture, verb: str, locked: LockedApplication, *, at: datetime, **facts: Any) -> None:
    """Move; when fields are missing they are told at the field instead of as one sentence."""
    try:
        move(
            venture,
            verb,
            at=at,
            locked=locked.venture,
            known={"lacking": locked.missing, "answered": locked.is_answer},
            **facts,
        )
    except NotReady:
        if (verb == "resubmit" or locked.venture.round.is_call_open_at(at)) and locked.missing:
            raise Invalid(locked.missing) from None
        raise


def _check_read(locked: LockedApplication, version: int | None) -> None:
    """Nobody hands in what he has not read. Asked last: whoever comes too late is told that first."""
    application = locked.application
    if version is not None and version != application.version:
        who = application.saved_by_name or _("Somebody else")
        raise Stale(
            _("%(who)s has changed the application at %(time)s, after this page was made. Read it again, then submit.")
            % {"who": who, "time": clock_time(application.saved_at)}
        )


@transaction.atomic
def withdraw(venture: Venture, *, by: Any, note: str = "") -> Venture:
    """撤回 before the deadline."""
    return move(venture, "withdraw", by=by, note=note)


def lapse_drafts(round: Round, *, by: Any) -> int:
    """After the deadline: drafts that were never submitted. Returns how many.

    Raises NotReady before: asked here, as the door would name the drafts, which are their applicants' own.
    """
    if now() <= round.closes_at:
        raise NotReady(
            [_("The call is open until %(at)s; drafts lapse after it.") % {"at": deadlines.told(round.closes_at)}]
        )
    return len(move_many(list(round.ventures.filter(state=State.DRAFT)), "lapse", by=by))
