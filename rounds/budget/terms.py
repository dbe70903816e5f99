"""The heads of a round with its rules: what a budget is written by and held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from rounds.budget.checking import Line, Rule, check
from rounds.budget.words import in_words, sentence


@dataclass(frozen=True)
class Terms:
    """`heads` in the order of the round."""

    heads: tuple[str, ...]
    rules: tuple[Rule, ...]

    def problems(self, lines: Sequence[Line]) -> list[str]:
        """What the rules find in the lines, in sentences."""
        return [sentence(finding) for finding in check(lines, self.rules)]

    @property
    def in_words(self) -> list[str]:
        """What the rules say, one by one."""
        return [in_words(rule, tuple(head for head in self.heads if head in rule.heads)) for rule in self.rules]
