"""`manage.py check_budget < problem.json`: lines of a budget held against rules. The rules of a
round are checked by the same module (`rounds.models.budget.terms_of`)."""

from typing import Any

from common.problem import ProblemCommand
from rounds.budget.checking import check
from rounds.budget.problem import read
from rounds.budget.words import sentence


class Command(ProblemCommand):
    help = "Hold a budget against its rules (rounds/budget/problem.py says how both are written); JSON in and out."

    def answer(self, given: Any) -> dict[str, Any]:
        findings = [
            {
                "rule": finding.rule.name,
                "short" if finding.limit.is_least else "over": f"{finding.difference}",
                "words": sentence(finding),
            }
            for finding in check(*read(given))
        ]
        return {"findings": findings}
