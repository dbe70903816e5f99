"""What every machine shares: how a transition is declared, and a save that does not overwrite a move."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField
from django_fsm import transition as fsm_transition

from common.clock import now
from common.machine.door import rule


def transition(field: FSMField, label: Any, *, source: Any, target: str, may: str, **custom: Any) -> Any:
    """A transition with what people call it and the rule that permits it; `custom` is what pages and docs know of it."""
    return fsm_transition(field, source=source, target=target, permission=rule(may), custom={"label": label, **custom})


class StateField(FSMField):
    """Which states there are is said by the machine and not by the table: a new one is no migration."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django_fsm.FSMField", args, kwargs


class Machine(ConcurrentTransitionMixin, models.Model):
    """What all machines share: save() refuses when somebody has moved the row since it was read."""

    state_since = models.DateTimeField(default=now, editable=False)  # set by the door at each move
    # State → what differs by it, each with `told()` for the documents.
    table: ClassVar[Mapping[str, Any]] = {}

    class Meta:
        abstract = True

    def known_to(self, reader: Any) -> Self:
        """The thing as `reader` may know it: pages and refusals tell no other state than this one's."""
        return self

    def why_not(self, by: Any) -> Any:
        """What is told to who may not move it; "": what everybody is told."""
        return ""

    @property
    def state_fields(self) -> tuple[FSMField]:
        # The mixin looks through all fields of the model, twice for every row that is read.
        return (self._meta.get_field("state"),)  # type: ignore[return-value]


def pairs(model: Any) -> set[tuple[str, str]]:
    """Every (from, to) of a machine."""
    return {
        (str(t.source), str(t.target)) for t in model._meta.get_field("state").get_all_transitions(model) if t.target
    }


def verbs_permitted_by(model: Any, rules: Collection[str]) -> set[str]:
    """The verbs of a machine that one of these rules permits."""
    moves = model._meta.get_field("state").get_all_transitions(model)
    return {t.name for t in moves if t.permission.rule_name in rules}
