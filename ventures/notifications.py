"""Telling the people whom something concerns, in the site and by mail, from the outbox and in Chinese.

Members of the organization read of every move but the selection (told with the public notice), who handed in reads the
receipt, the clerk who returned reads of the correction, and each side of the thread what the other side writes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Notification, Role, User
from accounts.notifications import notify
from common.machine.door import verb_label
from common.models import JournalEntry
from common.wording import MARKS, labelled
from common.work import outbox
from common.work.outbox import handles
from ventures.models import Correction, Remark, Submission, Venture
from ventures.states import SELECTION_VERBS, TABLE, Group, State
from ventures.visibility_by_role import is_sealed
from ventures.work import step_from

ROUND, VENTURE = "rounds.round", "ventures.venture"
HANDED_IN = ("submit", "resubmit")
APPLICANT_PAGE, DESK_PAGE = "apply_venture", "desk_screening_venture"
GATHER_MESSAGES = timedelta(minutes=5)  # what is written within this time is one mail


@handles("moved")
def tell_the_applicant(key: str, payload: dict[str, Any]) -> None:
    """One message to each member of the organization, except to the one who did it.

    The selection is told when the notice is published: what is proposed has a move of its own then (publish), what
    is not proposed is told here. Later moves (a reserve that moves up) are told at once.
    """
    entry = JournalEntry.objects.get(pk=payload["entry"])
    with override("zh-hans"):
        if entry.subject_kind == ROUND and entry.verb == "publish":
            for selected in _not_proposed(entry):
                _tell(selected, f"{key}:{selected.subject_id}", by_id=entry.by_id)
        elif entry.subject_kind == VENTURE and not _is_selection(entry):
            _tell(entry, key, by_id=entry.by_id)


def _is_selection(entry: JournalEntry) -> bool:
    return entry.verb in SELECTION_VERBS and entry.from_state == State.IN_REVIEW


def _not_proposed(published: JournalEntry) -> QuerySet[JournalEntry]:
    """From the journal, not from the states: these may have changed again when the message goes out."""
    return JournalEntry.objects.filter(
        subject_kind=VENTURE,
        subject_id__in=Venture.objects.filter(round=published.subject_id).order_by().values("pk"),
        verb__in=("keep_in_reserve", "decline"),
        from_state=State.IN_REVIEW,
        pk__lt=published.pk,
    ).order_by("pk")


def _tell(entry: JournalEntry, key: str, *, by_id: int | None) -> None:
    venture = Venture.objects.select_related("round__series").get(pk=entry.subject_id)
    submission = _handed_in(entry) if entry.verb in HANDED_IN else None
    # Who hands in gets the receipt too.
    people = _members(venture) if submission else _members(venture).exclude(pk=by_id or 0)
    said = [
        labelled(venture, f"{verb_label(Venture, entry.verb)}{MARKS['.']}"),
        entry.note,
        *_more(entry, submission, venture),
    ]
    _send(people, key, "\n".join(line for line in said if line), reverse(APPLICANT_PAGE, args=[venture.pk]))
    if submission and entry.verb == "resubmit":
        _tell_who_returned(submission, venture, key)


def _more(entry: JournalEntry, submission: Submission | None, venture: Venture) -> list[str]:
    """What the reader has in hand now: the receipt, and what came next after this move."""
    if entry.verb == "return_for_correction":
        return [_("Please correct the marked fields and submit again by %(due)s.") % {"due": entry.facts.get("due_on")}]
    said = []
    if submission:
        said.append(
            _("Receipt %(receipt)s, SHA-256 %(hash)s.") % {"receipt": submission.receipt, "hash": submission.hash}
        )
    # Where the venture stands by now is not asked: sent late, it would tell of a selection that nobody may know yet.
    reached = TABLE[entry.to_state]
    if not (reached.group is Group.SELECTION or reached.is_end):
        said.append(labelled(_("Next step"), step_from(entry.to_state, venture)))
    return said


def _handed_in(entry: JournalEntry) -> Submission | None:
    """The version that this move has frozen: both say when it arrived."""
    if "at" not in entry.facts:
        return None
    at = datetime.fromisoformat(entry.facts["at"])
    return Submission.objects.filter(venture=entry.subject_id, at=at).defer("content").order_by("ordinal").first()


def _tell_who_returned(submission: Submission, venture: Venture, key: str) -> None:
    correction = Correction.objects.filter(answered_by=submission.pk).first()
    if correction is None:
        return
    text = _("%(venture)s was corrected and handed in again; it waits for screening.") % {"venture": venture}
    _send(_desk(Q(pk=correction.by_id or 0)), key, text, reverse(DESK_PAGE, args=[venture.pk]))


# --- A round that is amended ------------------------------------------------------------------------------------------


def applicants_of(round_id: int) -> QuerySet[User]:
    """The people of every organization with a draft or a submission in the round."""
    concerned = Venture.objects.filter(round=round_id).exclude(state=State.LAPSED).values("organization")
    return User.objects.filter(memberships__organization__in=concerned, is_active=True).distinct().order_by("pk")


@handles("round_amended")
def tell_of_amendment(key: str, payload: dict[str, Any]) -> None:
    notify(
        applicants_of(payload["round"]), key, payload["text"], reverse("round", args=[payload["round"]]) + "#amendments"
    )


# --- The thread -------------------------------------------------------------------------------------------------------


def tell_of_remark(remark: Remark) -> None:
    """The other side reads it in the site at once; by mail together with what follows within some minutes.

    Called with the venture locked, as is the sending of the mail: so a line is either in that mail or has one coming.
    The desk reads nothing of a sealed application before the call is over, and finds it on its page then.
    """
    if not remark.from_desk and is_sealed(remark.venture.round):
        return
    outbox.put("remarked", f"remarked:{remark.pk}", {"remark": remark.pk})
    thread = f"thread:{remark.venture_id}:{'desk' if remark.from_desk else 'organization'}:"
    if not outbox.is_waiting("thread_mail", thread):
        outbox.put_later("thread_mail", f"{thread}{remark.pk}", {"first": remark.pk}, after=GATHER_MESSAGES)


@handles("remarked")
def tell_in_the_site(key: str, payload: dict[str, Any]) -> None:
    remark = Remark.objects.select_related("venture").get(pk=payload["remark"])
    with override("zh-hans"):
        people, url = _other_side(remark)
        _notify(people, key, labelled(remark.venture, _message(remark)), url)


@handles("thread_mail")
def mail_the_thread(key: str, payload: dict[str, Any]) -> None:
    first = Remark.objects.get(pk=payload["first"])
    venture = Venture.objects.select_for_update(of=("self",)).get(pk=first.venture_id)
    lines = Remark.objects.filter(venture=venture, from_desk=first.from_desk, pk__gte=first.pk)
    with override("zh-hans"):
        people, __ = _other_side(first)
        text = "\n".join([_("%(venture)s: new messages") % {"venture": venture}, *map(_message, lines)])
        _mail(people, key, text)


def _message(remark: Remark) -> str:
    about = f"【{remark.label}】" if remark.label else ""
    return labelled(remark.by_name, f"{about}{remark.text}")


def _other_side(remark: Remark) -> tuple[QuerySet[User], str]:
    """The organization; or who of the desk has had a hand in it, else all who screen."""
    venture = remark.venture
    if remark.from_desk:
        return _members(venture), f"{reverse(APPLICANT_PAGE, args=[venture.pk])}?tab=thread"
    hands = {
        *Correction.objects.filter(venture=venture).values_list("by_id", flat=True),
        *Remark.objects.filter(venture=venture, from_desk=True).values_list("by_id", flat=True),
    }
    concerned = _desk(Q(pk__in=[pk for pk in hands if pk]))
    return (concerned if concerned else _desk(Q())), f"{reverse(DESK_PAGE, args=[venture.pk])}#thread"


# --- People -----------------------------------------------------------------------------------------------------------


def _members(venture: Venture) -> QuerySet[User]:
    return User.objects.filter(memberships__organization=venture.organization_id, is_active=True)


def _desk(who: Q) -> QuerySet[User]:
    return User.objects.filter(who, role__in=[Role.CLERK, Role.MANAGER], is_active=True)


def _send(people: QuerySet[User], key: str, text: str, url: str) -> None:
    """In the site and by mail; who has been told under this key is not told again."""
    new = _notify(people, key, text, url)
    _mail(people.filter(pk__in=new), key, text)


def _notify(people: QuerySet[User], key: str, text: str, url: str) -> list[int]:
    told = set(Notification.objects.filter(key=key).values_list("user_id", flat=True))
    new = [pk for pk in people.values_list("pk", flat=True) if pk not in told]
    Notification.objects.bulk_create(
        [Notification(user_id=pk, key=key, text=text, url=url) for pk in new], ignore_conflicts=True
    )
    return new


def _mail(people: QuerySet[User], key: str, text: str) -> None:
    to: Iterable[tuple[int, str]] = people.exclude(email="").values_list("pk", "email")
    outbox.put_many("mail", [(f"mail:{pk}:{key}", {"to": email, "text": text}) for pk, email in to])
