"""公示 and 异议: publish, wait, rule, award."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed
from common.limits import take
from common.machine.actors import CITIZEN
from common.machine.door import move, move_many
from common.machine.sql import lock
from common.models import record
from common.money import ZERO
from common.text import clean
from rounds.models import Round
from ventures.limits import OBJECTIONS
from ventures.models import Notice, NoticeLine, Objection, Venture
from ventures.states import Group, State, waiting


@transaction.atomic
def publish(round: Round, *, by: Any, closes_on: date | None = None, text: str = "") -> Notice:
    """Put all proposed ventures on notice from today. Without `closes_on`, for the days of the round.

    Raises Invalid when the period is shorter than the round's; of working days by the State Council's calendar.
    """
    proposed = list(round.ventures.filter(state=State.PROPOSED).order_by("rank", "number"))
    if not proposed:
        raise Conflict(_("No venture is proposed for award."))
    published_at = now()
    opens_on = localdate(published_at)  # signed on the day on which it opens, at midnight too
    closes_on = closes_on or last_day_of_notice(round, opens_on)
    days = round.notice_counting.count(opens_on, closes_on)
    if days < round.notice_days:
        raise Invalid(
            {
                "closes_on": [
                    _("%(start)s to %(end)s has %(days)s; the notice needs at least %(least)s.")
                    % {
                        "start": opens_on,
                        "end": closes_on,
                        "days": round.notice_counting.told(days),
                        "least": round.notice_told,
                    }
                ]
            }
        )
    title = f"关于{round.title}拟立项项目的公示"
    notice = Notice.objects.create(
        round=round, title=title, text=clean(text), opens_on=opens_on, closes_on=closes_on, days=days,
        day_kind=round.notice_day_kind,        published_at=published_at,
    )  # fmt: skip
    NoticeLine.objects.bulk_create(
        NoticeLine(notice=notice, venture=v, ordinal=n, amount=v.awarded or ZERO)
        for n, v in enumerate(proposed, start=1)
    )
    move_many(proposed, "publish", by=by, note=title)
    if round.state == "in_review":
        move(round, "publish", by=by, note=title)
    return notice


def last_day_of_notice(round: Round, opens_on: date) -> date:
    """The last day of a notice that is published on `opens_on`, which counts. Of calendar days the last one ends it, whether
    it is worked or not: objections are filed on this site, and a day off takes none of them away. Raises Invalid when
    working days fall into a year without a calendar."""
    return round.notice_counting.last(opens_on, round.notice_days)


@transaction.atomic
def file_objection(
    notice: Notice,
    *,
    venture: Venture,
    name: str,
    contact: str,
    text: str,
    kind: str = Objection.Kind.PERSON,
    address: str = "",
) -> Objection:
    """A citizen or unit objects, with name and contact, while the notice runs. Needs no account.

    The award waits from this moment (the gate counts filed objections); staff rule on its form, admit it and rule on it.
    `address` is where it comes from over the network. Raises Conflict, Invalid(fields), TooMany from there.
    """
    if not notice.is_running:
        raise Conflict(
            _("Objections were possible from %(start)s to %(end)s.")
            % {"start": notice.opens_on, "end": notice.closes_on}
        )
    if address:
        take(OBJECTIONS, address=address, notice=notice.pk)
    if not notice.lines.filter(venture=venture).exists():
        raise Invalid({"venture": [_("This venture is not on this notice.")]})
    row = _queue(venture)
    if row.state not in waiting(Group.NOTICE):  # nobody could rule on it any more
        raise Conflict(
            _("%(venture)s is “%(state)s”; its award is not on notice any more.")
            % {"venture": row, "state": row.get_state_display()}
        )
    objection = Objection(
        notice=notice, venture=venture, kind=kind, name=clean(name), contact=clean(contact), text=clean(text),
        filed_at=now(),
    )  # fmt: skip
    empty = {f: [_("Please fill this in.")] for f in ("name", "contact", "text") if not getattr(objection, f)}
    if empty:
        raise Invalid(empty)
    objection.save()
    # The journal tells that, not who: the objector's name stays with the objection.
    record(venture, "file_objection", by=CITIZEN, objection=objection.pk)
    return objection


@transaction.atomic
def admit_objection(objection: Objection, *, by: Any) -> Objection:
    """受理异议: the venture waits for the inquiry."""
    objection = _locked(objection, Objection.State.FILED)
    if objection.venture.state == State.ON_NOTICE:
        move(objection.venture, "admit_objection", by=by)
    elif not by.has_perm("ventures.rule_on_objections", objection.venture):
        raise NotAllowed(objection.venture.why_not(by))
    objection.state = Objection.State.ADMITTED
    objection.save(update_fields=["state"])
    return objection


@transaction.atomic
def refuse_objections(notice: Notice, *, objections: Collection[int], by: Any, reason: str) -> int:
    """不予受理, on their form: those of the filed ones with these keys, all with one reason. How many; what somebody else has
    admitted or refused meanwhile is left as it is. Each venture's journal tells it; the objectors read the reason.

    Raises NotAllowed, Invalid(reason, objections).
    """
    if not by.has_perm("ventures.rule_on_objections"):
        raise NotAllowed
    if not (reason := clean(reason)):
        raise Invalid({"reason": [_("Write down what the form lacks.")]})
    filed = notice.objections.filter(pk__in=objections, state=Objection.State.FILED)
    ventures = lock(Venture, sorted(set(filed.values_list("venture", flat=True))))
    rows = list(filed.select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        raise Invalid({"objections": [_("None of these objections waits for a ruling on its form any more.")]})
    Objection.objects.filter(pk__in=[o.pk for o in rows]).update(
        state=Objection.State.NOT_ADMITTED, ruling=reason, ruled_at=now()
    )
    for venture in ventures:
        mine = [o.pk for o in rows if o.venture_id == venture.pk]
        record(venture, "objections_not_admitted", by=by, note=reason, objections=mine, n=len(mine))
        if venture.state == State.OBJECTED and not venture.objections.filter(state__in=Objection.OPEN).exists():
            move(venture, "dismiss_objection", by=by, note=reason)
    return len(rows)


@transaction.atomic
def dismiss_objection(objection: Objection, *, by: Any, ruling: str) -> Objection:
    """异议不成立: the notice goes on, once no other objection is open."""
    objection = _ruled(objection, by, Objection.State.DISMISSED, ruling)
    if not objection.venture.objections.filter(state__in=Objection.OPEN).exists():
        move(objection.venture, "dismiss_objection", by=by, note=ruling)
    return objection


@transaction.atomic
def uphold_objection(objection: Objection, *, by: Any, ruling: str) -> Objection:
    """异议成立: the award is cancelled; other open objections to it have lost their object and are ruled with it."""
    objection = _ruled(objection, by, Objection.State.UPHELD, ruling)
    for other in objection.venture.objections.filter(state__in=Objection.OPEN):
        Objection.objects.filter(pk=other.pk).update(state=Objection.State.UPHELD, ruling=ruling, ruled_at=now())
    move(objection.venture, "uphold_objection", by=by, note=ruling)
    return objection


def _ruled(objection: Objection, by: Any, state: str, ruling: str) -> Objection:
    if not ruling.strip():
        raise Invalid({"ruling": [_("Write down the ruling and its reason.")]})
    if not by.has_perm("ventures.rule_on_objections", objection.venture):
        raise NotAllowed(objection.venture.why_not(by))
    objection = _locked(objection, Objection.State.ADMITTED)
    objection.state, objection.ruling, objection.ruled_at = state, clean(ruling), now()
    objection.save(update_fields=["state", "ruling", "ruled_at"])
    record(objection.venture, f"objection_{state}", by=by, note=ruling, objection=objection.pk)
    return objection


def _queue(venture: Venture) -> Venture:
    """The venture, locked before any of its objections: of two rulings the second sees what the first has left open,
    and nobody objects beside an award or a ruling."""
    return Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)


def _locked(objection: Objection, expected: str) -> Objection:
    _queue(objection.venture)
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    if row.state != expected:
        raise Conflict(_("The objection is “%(state)s”.") % {"state": row.get_state_display()})
    return row


def award(venture: Venture, *, by: Any, note: str = "", seen_state: str | None = None) -> Venture:
    """立项 after the notice."""
    return move(venture, "award", by=by, seen_state=seen_state, note=note)
