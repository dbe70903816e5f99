"""Conditions that rooms hang on transitions. One object is the guard, the checklist line and the message.

A gate's function takes the subject and returns True, or the sentence that tells what is missing (False means:
the label says it all). Facts of the move are passed as keywords if the function names them.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

Check = Callable[..., Any]


@dataclass(frozen=True)
class RemedyLink:
    """A page where a condition is met: its URL name and arguments, and what is done there. Pages decide by the
    declared audience of that page whether their reader is shown it."""

    label: Any
    name: str
    args: tuple[Any, ...] = ()
    query: str = ""


# Subject → the pages where what is missing is put right.
Link = Callable[[Any], Sequence[RemedyLink]]
# Subjects → {pk: sentence} of those that do not meet the condition.
CheckMany = Callable[[Sequence[Any]], dict[Any, Any]]


@dataclass(frozen=True)
class Gate:
    verb: str
    label: Any
    check: Check
    facts: frozenset[str]
    many: CheckMany | None = None
    link: Link | None = None

    @property
    def name(self) -> str:
        return self.check.__name__

    def unmet(self, subject: Model, facts: dict[str, Any]) -> Any:
        """None when the condition holds, else the sentence to show."""
        answer = self.check(subject, **{k: v for k, v in facts.items() if k in self.facts})
        if answer is True:
            return None
        return answer or self.label

    def unmet_among(self, subjects: Sequence[Model], facts: dict[str, Any]) -> dict[Any, Any]:
        """pk → sentence for those that do not meet the condition; one query for all if the gate knows how."""
        if self.many is not None:
            return self.many(subjects)
        return {s.pk: sentence for s in subjects if (sentence := self.unmet(s, facts)) is not None}


@dataclass(frozen=True)
class ChecklistItem:
    """One line of a checklist as people see it."""

    gate: Gate
    unmet: Any
    remedies: Sequence[RemedyLink] = ()

    @property
    def met(self) -> bool:
        return self.unmet is None


_registry: dict[tuple[str, str], list[Gate]] = defaultdict(list)


def gate(
    *verbs: str,
    label: Any,
    of: str,
    many: CheckMany | None = None,
    link: Link | None = None,
) -> Callable[[Check], Check]:
    """Hang a condition on transitions `verbs` of the model `of`. Called when a room starts (`AppConfig.ready`).

    `many` answers the same for many subjects in a fixed number of queries; without it a batch asks one by one.
    `link` names the pages of the desk where an unmet condition is met.
    """

    def hang(check: Check) -> Check:
        facts = frozenset(list(inspect.signature(check).parameters)[1:])
        for verb in verbs:
            _registry[of.lower(), verb].append(Gate(verb, label, check, facts, many, link))
        return check

    return hang


def gates_of(subject: Model | type[Model], verb: str) -> list[Gate]:
    return _registry.get((subject._meta.label_lower, verb), [])


def unmet_of(subject: Model, verb: str, **facts: Any) -> list[Any]:
    """Sentences of the gates of `verb` that do not hold."""
    return [sentence for g in gates_of(subject, verb) if (sentence := g.unmet(subject, facts)) is not None]


def checklist(subject: Model, verb: str, **facts: Any) -> list[ChecklistItem]:
    """Every gate of `verb`, met or not."""
    lines = []
    for g in gates_of(subject, verb):
        unmet = g.unmet(subject, facts)
        lines.append(ChecklistItem(g, unmet, g.link(subject) if g.link and unmet is not None else ()))
    return lines
