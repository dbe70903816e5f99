from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.models import Question, Round


class Questions(Card):
    """Extra questions. They have pages of their own."""

    slug, place = "questions", 70
    label = gettext_lazy("Extra questions")
    statement = gettext_lazy("The extra questions can be asked")
    page = "desk_round_questions"

    def page_args(self, round_: Round) -> tuple[Any, ...]:
        return (round_.pk,)

    def check(self, round_: Round) -> Iterable[str]:
        asked: dict[int, Question] = {}
        for section in round_.form_sections.all():
            for question in sorted(section.questions.all(), key=lambda q: q.ordinal):
                yield from (
                    _("Question “%(question)s”: %(problem)s") % {"question": question.label, "problem": problem}
                    for problem in question_problems(question, asked.get(question.asked_if_id or 0))
                )
                asked[question.pk] = question

    def counts(self, round_: Round) -> Iterable[tuple[Any, int]]:
        return [(self.label, Question.objects.filter(section__round=round_).count())]


def question_problems(question: Question, condition: Question | None) -> Iterable[str]:
    """What is wrong with one question. `condition` is the earlier question that it names; None: there is none earlier."""
    yield from question.of_kind.problems(question)
    yield from condition_problems(question, condition)


def condition_problems(question: Question, condition: Question | None) -> Iterable[str]:
    if question.asked_if_id is None:
        return
    if condition is None:
        yield _("the question that decides whether it is asked must come before it.")
    elif not (answers := condition.of_kind.deciding(condition)):
        yield _("“%(question)s” has no options to decide by.") % {"question": condition.label}
    elif question.asked_if_value not in answers:
        yield _("“%(question)s” has no answer “%(answer)s”.") % {
            "question": condition.label,
            "answer": question.asked_if_value,
        }


CARD = Questions()
