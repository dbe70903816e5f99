"""What is wrong with the rules of a round, each alone and all together: at which rule, at which field."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rounds.eligibility_kinds.groups import grouped
from rounds.eligibility_kinds.kind import Problem

if TYPE_CHECKING:
    from rounds.models import EligibilityRule

Told = Iterator[tuple[int, Problem]]


def problems(rules: "Sequence[EligibilityRule]") -> Told:
    """(place of the rule from 1, what is wrong)."""
    for n, rule in enumerate(rules, 1):
        for problem in rule.of_kind.problems(rule, n):
            yield n, problem
    yield from _or_what(rules)
    yield from _said_twice(rules)
    yield from _nobody_left(rules)


def _or_what(rules: "Sequence[EligibilityRule]") -> Told:
    if rules and rules[0].joined == rules[0].Joined.OR:
        sentence = _("There is no rule above the first one.")
        yield 1, Problem("joined", sentence, sentence)


def _said_twice(rules: "Sequence[EligibilityRule]") -> Told:
    there: dict[Any, int] = {}
    for n, rule in enumerate(rules, 1):
        said = (rule.kind, rule.number, tuple(sorted(rule.options)), rule.words)
        if said in there:
            sentence = _("Rule %(n)s says the same as rule %(first)s.") % {"n": n, "first": there[said]}
            yield n, Problem("kind", sentence, sentence)
        there.setdefault(said, n)


def _nobody_left(rules: "Sequence[EligibilityRule]") -> Told:
    """Groups that let in kinds of applicants of which none is let in by all."""
    places = {id(rule): n for n, rule in enumerate(rules, 1)}
    left: frozenset[str] | None = None
    above = 0
    for group in grouped(rules):
        kinds = _let_in(group)
        if not kinds:  # anybody, or told of the rule itself
            continue
        n = places[id(group[-1])]
        if left is not None and not left & kinds:
            at_cell = _("No kind of applicant is let in by rule %(above)s and by this one: nobody could apply.")
            on_card = _("No kind of applicant is let in by both rule %(above)s and rule %(n)s: nobody could apply.")
            said = {"above": above, "n": n}
            yield n, Problem("options", at_cell % said, on_card % said)
            return
        left, above = kinds if left is None else left & kinds, n


def _let_in(group: "Iterable[EligibilityRule]") -> frozenset[str] | None:
    let_in: frozenset[str] = frozenset()
    for rule in group:
        kinds = rule.of_kind.lets_in(rule)
        if kinds is None:
            return None
        let_in |= kinds
    return let_in
