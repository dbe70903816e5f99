"""The one door: whoever asks (page, command, worker, flow), a state changes here and nowhere else.

In one transaction: lock the row, see that it is still where the actor saw it, check the permission (django-fsm does
not), ask the gates, run the transition, date it (`state_since`), write the journal, put the event into the outbox.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import FSMField

from common.clock import now
from common.errors import IllegalMove, NotAllowed, NotReady, Stale
from common.machine.actors import stamp
from common.machine.gates import Gate, gates_of
from common.machine.sql import insert_for, json_object, key_of, lock, update_guarded
from common.models import JournalEntry, OutboxMessage
from common.wording import labelled
from common.work import outbox

T = TypeVar("T", bound=Model)


def rule(name: str) -> Any:
    """The permission of a transition, as a predicate of package `rules` by its name."""

    def permitted(subject: Model, user: Any) -> bool:
        return bool(user.has_perm(name, subject))

    permitted.rule_name = name  # type: ignore[attr-defined]
    return permitted


@cache
def transitions_of(model: Any, verb: str) -> dict[str, Any]:
    """Source state → transition, for one verb; {} when the machine has no such verb."""
    meta = getattr(getattr(model, verb, None), "_django_fsm", None)
    return dict(meta.transitions) if meta else {}


def machines() -> list[type[Model]]:
    """Models with a state that moves, in the order of their rooms."""
    return [m for m in apps.get_models() if any(isinstance(f, FSMField) for f in m._meta.local_fields)]


def open_verbs(subject: Any, by: Any) -> list[str]:
    """Verbs that the machine and the rules leave open to `by` now, gates aside."""
    return [t.name for t in subject.get_available_user_state_transitions(by)]


def may_move(subject: Any, verb: str, by: Any) -> bool:
    """Whether the machine and the rules leave the verb open to `by` now, gates aside."""
    transition = transitions_of(type(subject), verb).get(subject.state)  # type: ignore[arg-type]
    return transition is not None and bool(transition.has_perm(subject, by))


@transaction.atomic
def move(
    subject: T,
    verb: str,
    *,
    by: Any,
    note: str = "",
    seen_state: str | None = None,
    locked: T | None = None,
    known: Mapping[str, Any] | None = None,
    **facts: Any,
) -> T:
    """Move `subject` by `verb` and return it as stored. Facts are handed to the transition and to the gates.

    `seen_state` is what the actor saw on the page (without it, the state of `subject`). `locked` is its row, if the
    caller has locked it in this transaction; `known` is what was read behind that lock: handed to the gates alone, and
    not journalled.

    Raises Stale (somebody was first), IllegalMove, NotAllowed, NotReady(reasons).
    """
    model = type(subject)
    row = locked or next(iter(lock(model, [subject.pk])), None)
    if row is None:
        raise Stale(_changed_meanwhile())
    _check_still_there(row, subject, verb, seen_state, by)
    _check_permission(row, verb, by)
    told = facts if known is None else {**facts, **known}
    reasons = [_said(g, r) for g in gates_of(model, verb) if (r := g.unmet(row, told)) is not None]
    if reasons:
        raise NotReady(reasons)

    was, changes = _transition(row, verb, facts, now())
    _write(model, [row.pk], was, changes)
    _tell(model, [row.pk], _entry(row, verb, was, by, note, facts))
    _refresh(subject, row)
    return subject


@transaction.atomic
def move_many(
    subjects: Sequence[T], verb: str, *, by: Any, note: str = "", seen_state: str | None = None, **facts: Any
) -> list[T]:
    """The same for many with the same facts: all or none, in a fixed number of statements beside the gates.

    Every row is locked, guarded and journalled as in `move`; rows with the same changes share one UPDATE whose
    WHERE repeats the guard on the state. `seen_state` holds for all of them.
    """
    if not subjects:
        return []
    model = type(subjects[0])
    locked = {row.pk: row for row in lock(model, [s.pk for s in subjects])}
    if any(subject.pk not in locked for subject in subjects):
        raise Stale(_changed_meanwhile())
    for subject in subjects:
        _check_still_there(locked[subject.pk], subject, verb, seen_state, by)
        _check_permission(locked[subject.pk], verb, by)
    rows: list[Any] = list({subject.pk: locked[subject.pk] for subject in subjects}.values())  # each once
    reasons = [
        labelled(locked[pk], _said(gate, sentence))
        for gate in gates_of(model, verb)
        for pk, sentence in gate.unmet_among(rows, facts).items()
    ]
    if reasons:
        raise NotReady(reasons)
    alike: dict[tuple[str, tuple[tuple[str, Any], ...]], list[Any]] = {}
    at = now()
    for row in rows:
        was, changes = _transition(row, verb, facts, at)
        alike.setdefault((was, tuple(changes.items())), []).append(row.pk)
    for (was, same), pks in alike.items():
        _write(model, pks, was, dict(same))
        _tell(model, pks, _entry(locked[pks[0]], verb, was, by, note, facts))
    for subject in subjects:
        _refresh(subject, locked[subject.pk])
    return list(subjects)


def _check_still_there(row: Any, subject: Any, verb: str, seen_state: str | None, by: Any) -> None:
    """The row is in the state that the actor saw, and the machine knows the verb there.

    Who may not know the state is refused as in the one that they may know, by the sentence of that one.
    """
    known = row.known_to(by)
    if (seen_state or subject.state) not in {row.state, known.state}:
        raise Stale(_who_was_first(known))
    transitions = transitions_of(row.__class__, verb)
    if row.state in transitions or "*" in transitions or "+" in transitions:
        return
    raise IllegalMove(
        _("“%(verb)s” is not possible while %(thing)s is “%(state)s”.")
        % {"verb": verb_label(type(row), verb), "thing": row, "state": known.get_state_display()}
    )


def _who_was_first(row: Any) -> str:
    last = JournalEntry.objects.of(row).filter(to_state=row.state).last()
    if last is None:
        return _changed_meanwhile()
    return _("%(thing)s: %(who)s was first (%(time)s); it is now “%(state)s”.") % {
        "thing": row,
        "who": last.by_name,
        "time": timezone.localtime(last.at).strftime("%H:%M"),
        "state": row.get_state_display(),
    }


def _changed_meanwhile() -> str:
    return _("Somebody else has just changed this. The page shows it as it is now.")


def _said(gate: Gate, sentence: Any) -> str:
    """What an unmet gate says. One without a sentence of its own has only its label, which states the opposite."""
    return _("Not met yet: %(condition)s") % {"condition": sentence} if sentence is gate.label else str(sentence)


def _check_permission(row: Any, verb: str, by: Any) -> None:
    transition = transitions_of(row.__class__, verb).get(row.state)
    if transition is not None and not transition.has_perm(row, by):
        raise NotAllowed(row.why_not(by))


def verb_label(model: type[Model], verb: str) -> Any:
    """What people call the verb; the machine's page carries it in `custom`."""
    for transition in transitions_of(model, verb).values():
        return transition.custom.get("label", verb)
    return verb


def _transition(row: Any, verb: str, facts: dict[str, Any], at: datetime) -> tuple[str, dict[str, Any]]:
    """Run it and date it. Returns the state it came from and what was set: column → value."""
    before = dict(row.__dict__)
    getattr(row, verb)(**facts)
    row.state_since = at
    return before["state"], _changes(row, before)


@cache
def _columns(model: Any) -> frozenset[str]:
    return frozenset(f.attname for f in model._meta.concrete_fields)


def _changes(row: Model, before: dict[str, Any]) -> dict[str, Any]:
    """What the transition has set: column → value."""
    columns = _columns(type(row))
    return {
        name: value
        for name, value in row.__dict__.items()
        if (old := before.get(name)) is not value and name in columns and old != value
    }


def _write(model: type[Model], pks: list[Any], was: str, changes: dict[str, Any]) -> None:
    """One UPDATE whose WHERE repeats the guard on the state. Raises Stale when a row is no longer there."""
    if update_guarded(model, pks, was, changes) != len(pks):
        raise Stale(_changed_meanwhile())


def _entry(row: Any, verb: str, source: str, by: Any, note: str, facts: dict[str, Any]) -> JournalEntry:
    return JournalEntry(
        subject_kind=row._meta.label_lower,
        subject_id=row.pk,
        verb=verb,
        from_state=source,
        to_state=row.state,
        at=row.state_since,
        note=note,
        facts={k: str(v) for k, v in facts.items()},
        **stamp(by),
    )


def _tell(model: type[Model], pks: list[Any], entry: JournalEntry) -> None:
    """A line like `entry` in the journal for each row, and for each line a message in the outbox."""
    vendor = connections[router.db_for_write(JournalEntry)].vendor
    pk = key_of(JournalEntry)
    written = insert_for(entry, model, pks, {"subject_id": key_of(model)})
    expressions = {"key": f"'moved:' || {pk}", "payload": json_object("entry", pk, vendor)}
    insert_for(OutboxMessage(kind="moved"), JournalEntry, written, expressions)
    outbox.wake_after_commit()


def _refresh(subject: Model, row: Model) -> None:
    columns = _columns(type(row))
    # Not setattr: FSMField(protected=True) refuses assignment, and this is only the caller's copy.
    subject.__dict__.update({name: value for name, value in row.__dict__.items() if name in columns})
    # Else a later save() of the caller's copy would be refused as if somebody had come between.
    subject._update_initial_state()  # type: ignore[attr-defined]
