"""Kinds of extra questions: what their set-up takes, how an answer is checked, kept and said. Each is an object in a module
of this package; its field on the form stands in `ventures.application.forms.questions`, in the module of the same name."""

from collections.abc import Mapping
from typing import Any

from common.machine.registry import objects_in
from rounds.question_kinds.kind import QuestionKind

KINDS: Mapping[str, QuestionKind] = objects_in(__name__, QuestionKind)


def choices() -> list[tuple[str, Any]]:
    return [(slug, kind.label) for slug, kind in KINDS.items()]
