"""Applying: from an empty draft to a submitted application."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.batches import lock
from common.clock import now
from common.door import move, move_many
from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.models import StoredFile, record
from organizations.models import Organization, Platform
from ventures.actions.drafts import lock_for_writing, take_over
from ventures.completeness import missing
from ventures.content import freeze, hash_of, title_of
from ventures.models import Application, Correction, Counter, Round, Submission, Venture
from ventures.papers import valid_stamp
from ventures.search_index import index_venture
from ventures.states import State


@transaction.atomic
def start(
    *, by: Any, round: Round, organization: Organization, title: str, platform: Platform | None = None
) -> Venture:
    """Begin a draft in a round for an organization. Without a platform, the one of the organization's place.

    Staff may begin one for an applicant (代录); it is marked so. Raises NotAllowed; Conflict when the call is not open.
    """
    for_applicant = by.has_perm("ventures.enter_for_applicant")
    if not for_applicant and not by.has_perm("organizations.edit", organization):
        raise NotAllowed
    if not round.is_call_open:
        raise Conflict(_("The call of %(round)s is not open.") % {"round": round})
    venture = Venture.objects.create(
        round=round,
        organization=organization,
        platform=platform or platform_for(organization, round),
        title=title_of(title),
        leader=organization.legal_representative,
        phone=organization.phone,
        is_demo=round.is_demo,
        entered_by_staff=for_applicant,
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
def declare(venture: Venture, *, by: Any, declared: bool) -> None:
    """Store the tick under the declaration (承诺)."""
    row = lock_for_writing(venture, by=by)
    Application.objects.filter(venture=row).update(declared=declared)


@transaction.atomic
def submit(venture: Venture, *, by: Any, at: datetime | None = None) -> Venture:
    """提交申报书. Numbers it HC2020-001 and freezes what was submitted (Submission: the receipt).

    `at` is when it arrived, by which the deadline is kept. Raises Invalid(fields) for what is missing, NotReady when
    the call is over.
    """
    at = at or now()
    # The venture first, as everybody does who writes in it; then the organization's row, so that two of its ventures
    # do not both become the last one that it may submit.
    row = next(iter(lock(Venture, [venture.pk])))
    lock(Organization, [row.organization_id])
    number = row.number
    if not number and row.state == State.DRAFT and venture.round.is_call_open_at(at):
        number = next_number(venture.round)
    _checked(venture, "submit", by=by, number=number, at=at)
    if not row.number:
        index_venture(venture.pk)
    freeze_submission(venture, by=by, at=at)
    return venture


def next_number(round_: Round) -> str:
    """The next number of a series in a year; its counter is locked until the transaction ends."""
    prefix = f"{round_.series.code}{round_.year}-"
    if not Counter.objects.filter(prefix=prefix).exists():
        Counter.objects.get_or_create(prefix=prefix, defaults={"last": _last_number(round_, prefix)})
    counter = Counter.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save()
    return str(counter)


def _last_number(round_: Round, prefix: str) -> int:
    """Of ventures that were numbered before there was a counter."""
    taken = Venture.objects.filter(round__series=round_.series, number__startswith=prefix)
    return max((int(n.removeprefix(prefix)) for n in taken.values_list("number", flat=True)), default=0)


@transaction.atomic
def resubmit(venture: Venture, *, by: Any, at: datetime | None = None) -> Venture:
    """补正后重新提交: the answer to the open correction."""
    at = at or now()
    _checked(venture, "resubmit", by=by, at=at)
    submission = freeze_submission(venture, by=by, at=at)
    Correction.objects.filter(venture=venture.pk, answered_by=None).update(answered_by=submission)
    return venture


def freeze_submission(venture: Venture, *, by: Any, at: datetime) -> Submission:
    """The application as it stands now, as its next immutable version."""
    stored = next(iter(lock(Venture, [venture.pk])))
    take_over(stored, venture)
    stored.organization = next(iter(lock(Organization, [stored.organization_id])))
    content = freeze(stored)
    ordinal = stored.submissions.count() + 1
    submission = Submission.objects.create(
        venture=stored, ordinal=ordinal, receipt=f"{stored.number}-{ordinal}", content=content, hash=hash_of(content),
        at=at, by_id=by.pk, by_name=str(by)[:80], stamped_scan=valid_stamp(stored, content),
    )  # fmt: skip
    submission.files.set(StoredFile.objects.filter(pk__in=stored.attachments.values("file")))
    return submission


def _checked(venture: Venture, verb: str, *, at: datetime, **facts: Any) -> None:
    """Move; when fields are missing they are told at the field instead of as one sentence."""
    try:
        move(venture, verb, at=at, **facts)
    except NotReady:
        # Prefetched or edited copies may be old: what counts is what is stored.
        stored = Venture.objects.select_related("round").get(pk=venture.pk)
        if (verb == "resubmit" or stored.round.is_call_open_at(at)) and (found := missing(stored)):
            raise Invalid(found) from None
        raise


@transaction.atomic
def withdraw(venture: Venture, *, by: Any, note: str = "") -> Venture:
    """撤回 before the deadline."""
    return move(venture, "withdraw", by=by, note=note)


def lapse_drafts(round: Round, *, by: Any) -> int:
    """After the deadline: drafts that were never submitted. Returns how many."""
    return len(move_many(list(round.ventures.filter(state=State.DRAFT)), "lapse", by=by))
