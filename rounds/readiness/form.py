"""What applicants meet: who may apply, sections, questions, papers."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rounds.models.form import EligibilityRule, FormSection, Question
from rounds.models.round import Round

ALWAYS_ON = (FormSection.Slug.BASIC, FormSection.Slug.WORDS, FormSection.Slug.BUDGET)
ANSWERS_THAT_DECIDE = (Question.Kind.CHOICE, Question.Kind.CHOICES, Question.Kind.YES_NO)
NEEDS_NUMBER = (EligibilityRule.Kind.YEARS, EligibilityRule.Kind.INSPECTION, EligibilityRule.Kind.RATING)
HIGHEST_RATING = 5


def eligibility(round_: Round) -> Iterable[str]:
    for n, rule in enumerate(round_.eligibility_rules.all(), 1):
        if rule.kind in NEEDS_NUMBER and not rule.number:
            yield _("Rule %(n)s, “%(rule)s”, needs a number.") % {"n": n, "rule": rule.get_kind_display()}
        if rule.kind == EligibilityRule.Kind.RATING and (rule.number or 0) > HIGHEST_RATING:
            yield _("Rule %(n)s asks for %(a)s A; the highest rating is %(max)s A.") % {
                "n": n,
                "a": rule.number,
                "max": HIGHEST_RATING,
            }
        if rule.kind == EligibilityRule.Kind.KINDS and not rule.options:
            yield _("Rule %(n)s names no kind of organization: nobody could apply.") % {"n": n}


def sections(round_: Round) -> Iterable[str]:
    rows = list(round_.form_sections.all())
    there = {s.slug for s in rows}
    for slug in ALWAYS_ON if rows else ():
        if slug not in there:
            yield _("The section “%(section)s” can not be left out.") % {"section": slug.label}
    for section in rows:
        if section.slug not in FormSection.Slug.values and not section.questions.all():
            yield _("The section “%(section)s” has no question yet.") % {"section": section.label}


def questions(round_: Round) -> Iterable[str]:
    asked: dict[int, Question] = {}
    for section in round_.form_sections.all():
        for question in sorted(section.questions.all(), key=lambda q: q.ordinal):
            yield from (
                _("Question “%(question)s”: %(problem)s") % {"question": question.label, "problem": problem}
                for problem in question_problems(question, asked.get(question.asked_if_id or 0))
            )
            asked[question.pk] = question


def question_problems(question: Question, condition: Question | None) -> Iterable[str]:
    """What is wrong with one question. `condition` is the earlier question that it names; None: there is none earlier."""
    yield from option_problems(question)
    yield from condition_problems(question, condition)


def option_problems(question: Question) -> Iterable[str]:
    if question.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES} and len(question.options) < 2:
        yield _("it needs at least two options.")
    if doubled := [o for o, n in Counter(question.options).items() if n > 1]:
        yield _("the option “%(option)s” stands there twice.") % {"option": doubled[0]}


def condition_problems(question: Question, condition: Question | None) -> Iterable[str]:
    if question.asked_if_id is None:
        return
    if condition is None:
        yield _("the question that decides whether it is asked must come before it.")
    elif condition.kind not in ANSWERS_THAT_DECIDE:
        yield _("“%(question)s” has no options to decide by.") % {"question": condition.label}
    elif question.asked_if_value not in answers_of(condition):
        yield _("“%(question)s” has no answer “%(answer)s”.") % {
            "question": condition.label,
            "answer": question.asked_if_value,
        }


def answers_of(question: Question) -> list[str]:
    """The answers that can decide whether another question is asked."""
    return ["yes", "no"] if question.kind == Question.Kind.YES_NO else list(question.options)


def papers(round_: Round) -> Iterable[str]:
    asked_for = bool(round_.attachment_rules.all())
    has_section = any(s.slug == FormSection.Slug.FILES for s in round_.form_sections.all())
    if asked_for and not has_section:
        yield _("Papers are asked for, but the section “%(section)s” of the form is off.") % {
            "section": FormSection.Slug.FILES.label
        }
    if has_section and not asked_for:
        yield _("The section “%(section)s” is on, but no paper is asked for.") % {
            "section": FormSection.Slug.FILES.label
        }
