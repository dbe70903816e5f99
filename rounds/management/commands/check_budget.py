"""`manage.py check_budget < problem.json`: lines of a budget held against rules. Forms and screening still ask the one
kind of rule that a round's card offers (`ventures/application/completeness`)."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import Invalid
from rounds.budget.checking import check
from rounds.budget.problem import read
from rounds.budget.words import sentence


class Command(BaseCommand):
    help = "Hold a budget against its rules (rounds/budget/problem.py says how both are written); JSON in and out."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines, rules = read(json.load(sys.stdin, parse_float=str))
        except ValueError as e:
            raise CommandError(_("This is no JSON: %(why)s.") % {"why": e}) from None
        except Invalid as e:
            told = [f"{at}: {why}" for at, sentences in e.fields.items() for why in sentences]
            raise CommandError("\n".join(told)) from None
        findings = [
            {
                "rule": finding.rule.name,
                "short" if finding.limit.is_least else "over": f"{finding.difference}",
                "words": sentence(finding),
            }
            for finding in check(lines, rules)
        ]
        self.stdout.write(json.dumps({"findings": findings}, ensure_ascii=False))
