"""What the system has found stands in the checklist of the screening; a clerk confirms it or overrides it with a word."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from common.clock import now, today
from common.errors import Invalid
from common.machine.actors import SYSTEM, stamp
from common.text import clean
from ventures.eligibility.case import Finding
from ventures.eligibility.evaluating import evaluate
from ventures.models import RuleAnswer, Venture
from ventures.models.rule_answers import LONGEST_WORD, needs_word

Given = Mapping[int, tuple[bool, str]]  # rule → whether it is met, and the word


def fill_in(venture: Venture) -> None:
    """Write down what the system finds now. What somebody has decided on the same finding stays."""
    decided = {a.rule_id: a for a in venture.rule_answers.exclude(by_id=None)}
    found = [f for f in evaluate(venture) if f.rule_id not in decided or decided[f.rule_id].found is not f.holds]
    _store(_row(venture, f, f.holds, "", SYSTEM) for f in found)


def decide(venture: Venture, given: Given, *, by: Any) -> None:
    """Confirm or override lines. Raises Invalid at the line (`word_7`) when a word is missing.

    A line that says what it said before keeps the name and the day of who answered it.
    """
    if not given:
        return
    findings = {f.rule_id: f for f in evaluate(venture)}
    stored = {a.rule_id: a for a in venture.rule_answers.all()}
    rows, wrong = [], {}
    for rule, (met, said) in given.items():
        finding, word = findings.get(rule), clean(said)
        if finding is None:
            raise Invalid(_("Line %(n)s is not on the checklist of this round.") % {"n": rule})
        if len(word) > LONGEST_WORD:
            too_long = _("%(n)s characters are too many; at most %(max)s.")
            wrong[f"word_{rule}"] = [too_long % {"n": len(word), "max": LONGEST_WORD}]
        elif needs_word(finding.holds, met) and not word:
            wrong[f"word_{rule}"] = [
                _("The system found otherwise (%(evidence)s). Say why you decide so.") % {"evidence": finding.evidence}
            ]
        else:
            rows.append(_row(venture, finding, met, word, by))
    if wrong:
        raise Invalid(wrong)
    _store(row for row in rows if row.rule_id not in stored or not _same(stored[row.rule_id], row))


def _row(venture: Venture, finding: Finding, met: bool | None, word: str, by: Any) -> RuleAnswer:
    return RuleAnswer(
        venture=venture, rule_id=finding.rule_id, label=finding.label, found=finding.holds, evidence=finding.evidence,
        found_on=finding.on or today(), met=met, word=word, at=now(), **stamp(by),
    )  # fmt: skip


def _same(stored: RuleAnswer, row: RuleAnswer) -> bool:
    return bool(stored.by_id) and all(
        getattr(stored, n) == getattr(row, n) for n in ("met", "word", "found", "evidence")
    )


def _store(rows: Iterable[RuleAnswer]) -> None:
    RuleAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["venture", "rule"],
        update_fields=["label", "found", "evidence", "found_on", "met", "word", "by_id", "by_name", "at"],
    )
