"""After the call has opened: only a few things change, only in favour of those who apply, and only in public."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from common import deadlines
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.machine.actors import stamp
from common.models import record
from common.money import yuan
from common.text import clean
from common.work import outbox
from rounds.actions.preparing import check_fields
from rounds.models import Amendment, Round
from rounds.queries import Stored, said
from rounds.readiness import last_day, year_without_calendar
from rounds.states import RoundState, before, since

CALL = frozenset({RoundState.OPEN})
UNTIL_REVIEW = since(RoundState.OPEN) & before(RoundState.IN_REVIEW)
UNTIL_NOTICE = since(RoundState.OPEN) & before(RoundState.ON_NOTICE)
UNTIL_CLOSED = since(RoundState.OPEN) & before(RoundState.CLOSED)


def _later(round_: Round, old: Any, new: Any) -> str | None:
    if old <= now():
        return _("The call closed on %(at)s. A deadline that is over is not put later.") % {"at": deadlines.told(old)}
    return None if new > old else _("The deadline can only be put later than %(at)s.") % {"at": deadlines.told(old)}


def _more(round_: Round, old: Any, new: Any) -> str | None:
    return None if new > old else _("It can only be raised; it is %(old)s now.") % {"old": said(old)}


def _wider(round_: Round, old: list[Any], new: list[Any]) -> str | None:
    if not old:
        return _("Every town is open already.")
    gone = [str(place) for place in old if place not in new]
    return _("A town that was offered stays: %(towns)s.") % {"towns": "、".join(gone)} if new and gone else None


def _anything(round_: Round, old: Any, new: Any) -> str | None:
    return None


@dataclass(frozen=True)
class Amendable:
    """A field that may still change: until which state, and how."""

    label: Any
    states: frozenset[RoundState]
    check: Callable[[Round, Any, Any], str | None]
    rule: Any  # what is told beside the field


AMENDABLE: Mapping[str, Amendable] = {
    "closes_at": Amendable(gettext_lazy("Call closes"), CALL, _later, gettext_lazy("Only later.")),
    "budget": Amendable(gettext_lazy("Budget of the round (元)"), UNTIL_NOTICE, _more, gettext_lazy("Only more.")),
    "quota": Amendable(gettext_lazy("Ventures at most"), UNTIL_NOTICE, _more, gettext_lazy("Only more.")),
    "places": Amendable(gettext_lazy("Towns"), CALL, _wider, gettext_lazy("Towns can only be added.")),
    "correction_days": Amendable(
        gettext_lazy("Working days for a correction"), UNTIL_REVIEW, _more, gettext_lazy("Only more.")
    ),
    "notice_days": Amendable(
        gettext_lazy("Working days of public notice"), UNTIL_NOTICE, _more, gettext_lazy("Only more.")
    ),
    "contact": Amendable(gettext_lazy("Contact"), UNTIL_CLOSED, _anything, ""),
    "introduction": Amendable(gettext_lazy("Introduction"), UNTIL_CLOSED, _anything, ""),
}


def amendable(round_: Round) -> dict[str, Amendable]:
    """What may still change in the round's present state."""
    return {name: a for name, a in AMENDABLE.items() if round_.state in a.states}


@transaction.atomic
def amend(round: Round, *, by: Any, text: str, changes: Mapping[str, Any], seen: str | None = None) -> Amendment:
    """Publish what changes and why. Raises Invalid at the field, Conflict in a state that knows no amendments, Stale
    when the round is no longer what the reader saw (`seen` is its `amendable_digest` then)."""
    row = Round.objects.select_for_update(of=("self",)).select_related("series").get(pk=round.pk)
    if seen is not None and seen != amendable_digest(row):
        raise Stale(_("Somebody else has amended the round meanwhile. The page shows it as it is now."))
    changed, before = _checked(row, by, text, changes)
    for name, value in changed.items():
        if name != "places":
            setattr(row, name, value)
    check_fields(row, exclude=tuple(f.name for f in Round._meta.concrete_fields if f.name not in changed))
    row.save()
    if "places" in changed:
        row.places.set(changed["places"])
    return _publish(row, by, clean(text), changed, before)


def differences(round: Round, *, by: Any, text: str, changes: Mapping[str, Any]) -> list[dict[str, str]]:
    """What `amend` would publish, with its refusals, without doing it."""
    changed, before = _checked(round, by, text, changes)
    return _differences(changed, before)


def _checked(row: Round, by: Any, text: str, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is really different, and what it is now."""
    if not by.has_perm("rounds.amend", row):
        raise NotAllowed
    allowed = amendable(row)
    if not allowed:
        raise Conflict(
            _("%(round)s is “%(state)s”; there is nothing to amend.") % {"round": row, "state": row.get_state_display()}
        )
    given = {k: clean(v) if isinstance(v, str) else v for k, v in changes.items()}
    before = {name: value_of(row, name) for name in given}
    changed = {name: value for name, value in given.items() if before[name] != value}
    _check(row, allowed, changed, before, clean(text))
    return changed, before


def amendable_digest(round_: Round) -> str:
    facts = {name: getattr(round_, name) for name in AMENDABLE if name != "places"}
    return Stored(facts, [], sorted(round_.places.values_list("pk", flat=True))).digest


def value_of(round_: Round, name: str) -> Any:
    return list(round_.places.all()) if name == "places" else getattr(round_, name)


def _check(
    round_: Round, allowed: Mapping[str, Amendable], changed: Mapping[str, Any], before: Mapping[str, Any], text: str
) -> None:
    found: dict[str, list[str]] = {}
    for name, value in changed.items():
        if name not in allowed:
            raise Conflict(
                _("“%(field)s” can not be amended while the round is “%(state)s”.")
                % {"field": AMENDABLE[name].label if name in AMENDABLE else name, "state": round_.get_state_display()}
            )
        if problem := allowed[name].check(round_, before[name], value):
            found[name] = [problem]
    if "closes_at" in changed and "closes_at" not in found:
        as_amended = Round(closes_at=changed["closes_at"])
        if problem := year_without_calendar(last_day(as_amended), round_.correction_days):
            found["closes_at"] = [problem]
    if not text:
        found["text"] = [_("Say what changes and why; everybody reads it on the round's page.")]
    if found:
        raise Invalid(found)
    if not changed:
        raise Invalid(_("Nothing is different from what is published now."))


def _publish(round_: Round, by: Any, text: str, changed: Mapping[str, Any], before: Mapping[str, Any]) -> Amendment:
    last = round_.amendments.aggregate(last=Max("ordinal"))["last"] or 0
    with override("zh-hans"):  # as published: what it says does not change with its reader's language
        changes = _differences(changed, before)
        message = _("%(round)s has been amended: %(text)s") % {"round": round_, "text": text}
    amendment = Amendment.objects.create(
        round=round_, ordinal=last + 1, text=text, changes=changes, published_at=now(), **stamp(by)
    )
    record(round_, "amend_round", by=by, words=text, amendment=amendment.ordinal, fields=", ".join(changed))
    # Who applies is known above.
    outbox.put("round_amended", f"amendment:{amendment.pk}", {"round": round_.pk, "text": message})
    return amendment


def _differences(changed: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": str(AMENDABLE[n].label), "before": told(before[n], n), "after": told(value, n)}
        for n, value in changed.items()
    ]


def told(value: Any, name: str) -> str:
    """A value as the amendment says it."""
    if name == "closes_at":
        return deadlines.told(value)
    if name == "budget":
        return yuan(value)
    if name == "places":
        return said(value) if value else _("All towns")
    return said(value)
