"""What people call the verbs in the journal. Moves take their word from the machine; what a room records besides is named here."""

from functools import cache
from typing import Any

from django.apps import apps

from common.door import verb_label
from common.models import JournalEntry

_names: dict[str, Any] = {}


def name_verbs(**labels: Any) -> None:
    """Name recorded verbs (`record(thing, "pay_tranche", …)`). Called when a room starts."""
    _names.update(labels)


def label_of(entry: JournalEntry) -> Any:
    """The word for what was done; a verb nobody named is shown with spaces."""
    if entry.to_state and (word := _word_of_move(entry.subject_kind, entry.verb)) is not None:
        return word
    return _names.get(entry.verb) or entry.verb.replace("_", " ")


@cache
def _word_of_move(kind: str, verb: str) -> Any:
    word = verb_label(apps.get_model(kind), verb)
    return None if word == verb else word


def state_label(kind: str, state: str) -> Any:
    """The word for a state of the kind of thing, "" for none."""
    if not state:
        return ""
    choices = dict(apps.get_model(kind)._meta.get_field("state").flatchoices)
    return choices.get(state, state)


# --- Kinds of things ------------------------------------------------------------------------------------------------

_kinds: dict[str, tuple[Any, str]] = {}


def name_kind(kind: str, label: Any, url_name: str = "") -> None:
    """Name a kind of thing ("ventures.venture") for the journal, and the page that shows one by its number."""
    _kinds[kind] = (label, url_name)


def kind_label(kind: str) -> Any:
    return _kinds[kind][0] if kind in _kinds else apps.get_model(kind)._meta.verbose_name


def kind_url(kind: str) -> str:
    """The URL name of the page of such a thing, "" when it has none."""
    return _kinds.get(kind, ("", ""))[1]


def named_kinds() -> list[tuple[str, Any]]:
    return [(kind, label) for kind, (label, __) in _kinds.items()]
