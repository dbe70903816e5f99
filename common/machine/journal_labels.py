"""What people call the verbs in the journal. Moves take their label from the machine; the rest is named here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.machine.door import verb_label
from common.models import JournalEntry

_names: dict[str, Any] = {}


def name_verbs(**labels: Any) -> None:
    """Name recorded verbs (`record(thing, "pay_tranche", …)`). Called when a room starts."""
    _names.update(labels)


_shown_to_all: set[str] = set()


def show_to_all(*verbs: str) -> None:
    """Of what is recorded beside the moves, what everybody who sees the thing may read; the rest is the desk's."""
    _shown_to_all.update(verbs)


def verbs_shown_to_all() -> frozenset[str]:
    return frozenset(_shown_to_all)


def label_of(entry: JournalEntry) -> Any:
    """The label of what was done; a verb nobody named is shown with spaces."""
    if entry.to_state and (label := _label_of_move(entry.subject_kind, entry.verb)) is not None:
        return label
    return _names.get(entry.verb) or entry.verb.replace("_", " ")


@cache
def _label_of_move(kind: str, verb: str) -> Any:
    word = verb_label(apps.get_model(kind), verb)
    return None if word == verb else word


def state_label(kind: str, state: str) -> Any:
    """The word for a state of the kind of thing, "" for none."""
    if not state:
        return ""
    choices = dict(apps.get_model(kind)._meta.get_field("state").flatchoices)
    return choices.get(state, state)


# --- Kinds of things ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """What the journal says of a kind of thing: its word, its page, and which of them a reader may see (None: all)."""

    label: Any
    url_name: str = ""
    seen_by: Callable[[Any], QuerySet[Any]] | None = None


_kinds: dict[str, Kind] = {}


def name_kind(kind: str, label: Any, url_name: str = "", seen_by: Callable[[Any], QuerySet[Any]] | None = None) -> None:
    """Name a kind of thing ("ventures.venture") for the journal. Called when a room starts."""
    _kinds[kind] = Kind(label, url_name, seen_by)


def kind_of(kind: str) -> Kind:
    return _kinds.get(kind) or Kind(apps.get_model(kind)._meta.verbose_name)


def named_kinds() -> list[tuple[str, Any]]:
    return [(kind, k.label) for kind, k in _kinds.items()]


def readable_by(user: Any) -> Q:
    """Entries about things that `user` may see. What is closed to somebody leaves no trace in the journal either: its
    notes and the names of who acted would tell of it."""
    q = Q()
    for kind, named in _kinds.items():
        if named.seen_by:
            q &= ~Q(subject_kind=kind) | Q(Exists(named.seen_by(user).filter(pk=OuterRef("subject_id"))))
    return q


def things_of(kind: str, pks: set[int], user: Any) -> dict[int, str]:
    """Number → label of the things of a kind that `user` may see, in one query."""
    seen_by = kind_of(kind).seen_by
    rows = seen_by(user) if seen_by else apps.get_model(kind)._base_manager.all()
    return {pk: str(thing) for pk, thing in rows.select_related().in_bulk(pks).items()}
