"""Extra questions of a round in preparation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Conflict, Invalid, Stale
from common.text import clean
from rounds.actions.preparing import locked, written
from rounds.cards.questions import CARD, condition_problems
from rounds.cards.table import LONGEST_LIST, check_fields
from rounds.models import FormSection, Question, Round
from rounds.queries import QUESTION, question_digest, questions_of


@transaction.atomic
def add_question(round: Round, *, by: Any, section: FormSection, facts: Mapping[str, Any]) -> Question:
    """A question at the end of its section. Raises Invalid at the field, quoting what is wrong."""
    row = locked(round, by=by)
    there = questions_of(row)
    if len(there) >= LONGEST_LIST:
        raise Invalid(_("%(n)s questions are enough; nobody answers more.") % {"n": LONGEST_LIST})
    question = Question(section=_section(row, section), ordinal=_last(there, section) + 1)
    _fill(question, facts, there)
    question.save()
    written(row, CARD.slug, by=by, question=question.label)
    return question


@transaction.atomic
def change_question(
    question: Question, *, by: Any, section: FormSection, facts: Mapping[str, Any], base_digest: str | None = None
) -> Question:
    """Raises Stale when somebody has changed it since it was read (`base_digest` is its digest then)."""
    row = locked(question.section.round, by=by)
    there = questions_of(row)
    stored = next((q for q in there if q.pk == question.pk), None)
    if stored is None:
        raise Stale(_("Somebody else has removed this question meanwhile."))
    if base_digest is not None and base_digest != question_digest(stored):
        raise Stale(
            _(
                "Somebody else has changed this question meanwhile. Nothing of yours is saved yet: compare and save again."
            )
        )
    if stored.section_id != section.pk:
        stored.section, stored.ordinal = _section(row, section), _last(there, section) + 1
    _fill(stored, facts, there)
    stored.save()
    written(row, CARD.slug, by=by, question=stored.label)
    return stored


@transaction.atomic
def remove_question(question: Question, *, by: Any) -> None:
    """Refused while another question is asked only after an answer to this one."""
    row = locked(question.section.round, by=by)
    if waiting := Question.objects.filter(asked_if=question).first():
        raise Conflict(
            _("“%(other)s” is asked only after an answer to this question. Change that one first.")
            % {"other": waiting.label}
        )
    written(row, CARD.slug, by=by, removed=question.label)
    question.delete()


@transaction.atomic
def move_question(question: Question, step: int, *, by: Any) -> None:
    """One place up (-1) or down (1) inside its section; at the end of the row it stays."""
    row = locked(question.section.round, by=by)
    beside = list(Question.objects.filter(section=question.section_id).order_by("ordinal"))
    here = next(n for n, q in enumerate(beside) if q.pk == question.pk)
    there = here + step
    if not 0 <= there < len(beside):
        return
    beside[here], beside[there] = beside[there], beside[here]
    # Two rounds, because no two questions of a section may stand on one place even for a moment.
    for shift in (LONGEST_LIST * 2, 0):
        for n, q in enumerate(beside, 1):
            q.ordinal = n + shift
        Question.objects.bulk_update(beside, ["ordinal"])
    written(row, CARD.slug, by=by, question=question.label)


def _section(round_: Round, section: FormSection) -> FormSection:
    if section.round_id != round_.pk:
        raise Invalid({"section": [_("Choose a section of this round.")]})
    return section


def _last(questions: list[Question], section: FormSection) -> int:
    return max((q.ordinal for q in questions if q.section_id == section.pk), default=0)


def _fill(question: Question, facts: Mapping[str, Any], there: list[Question]) -> None:
    """Take over the facts; what does not belong to the kind is dropped. Raises Invalid."""
    for name in QUESTION:
        if name in facts:
            value = facts[name]
            setattr(question, name, clean(value) if isinstance(value, str) else value)
    if question.asked_if_id is None:
        question.asked_if_value = ""
    check_fields(question, exclude=("section", "asked_if"))
    for name, nothing in (("options", []), ("max_length", None)):
        if name not in question.of_kind.takes:
            setattr(question, name, nothing)
    here = (question.section.ordinal, question.ordinal)
    earlier = {q.pk: q for q in there if (q.section.ordinal, q.ordinal) < here and q.pk != question.pk}
    found = {
        "options": list(question.of_kind.problems(question)),
        "asked_if": list(condition_problems(question, earlier.get(question.asked_if_id or 0))),
    }
    for later in (q for q in there if q.asked_if_id == question.pk and question.pk):
        found["options"] += [
            _("“%(question)s” depends on it: %(problem)s") % {"question": later.label, "problem": problem}
            for problem in condition_problems(later, question)
        ]
    if found := {name: sentences for name, sentences in found.items() if sentences}:
        raise Invalid(found)
