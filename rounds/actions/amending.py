"""After the call has opened: only a few things change, only in favour of those who apply, and only in public."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.machine.actors import stamp
from common.models import record
from common.text import clean
from common.work import outbox
from rounds.cards import AMENDABLE
from rounds.cards.amendable import Amendable
from rounds.cards.table import check_fields
from rounds.models import Amendment, Round
from rounds.queries import Stored


def amendable(round_: Round) -> dict[str, Amendable]:
    """What may still change in the round's present state."""
    return {name: a for name, a in AMENDABLE.items() if round_.state in a.states}


@transaction.atomic
def amend(round: Round, *, by: Any, text: str, changes: Mapping[str, Any], base_digest: str | None = None) -> Amendment:
    """Publish what changes and why. Raises Invalid at the field, Conflict in a state that knows no amendments, Stale
    when the round is no longer what the reader saw (`base_digest` is its `amendable_digest` then)."""
    row = Round.objects.select_for_update(of=("self",)).select_related("series").get(pk=round.pk)
    if base_digest is not None and base_digest != amendable_digest(row):
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
    return Stored(facts, places=sorted(round_.places.values_list("pk", flat=True))).digest


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
    record(round_, "amend_round", by=by, note=text, amendment=amendment.ordinal, fields=", ".join(changed))
    # Who applies is known above.
    outbox.put("round_amended", f"amendment:{amendment.pk}", {"round": round_.pk, "text": message})
    return amendment


def _differences(changed: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": str(a.label), "before": a.told(before[name]), "after": a.told(value)}
        for name, value in changed.items()
        for a in [AMENDABLE[name]]
    ]
