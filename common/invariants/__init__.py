"""Laws of the data, by name: what is true of every row at any time, whoever wrote it and however.

A room says its laws in its `invariants.py`, found when the app starts. A law is one function with one worked example:

    @invariant(_("The tranches add up to the award"))
    def tranches_add_up_to_the_award() -> Violations:
        \"\"\"10,000.01 元 is cut into 5,000.01 + 3,333.00 + 1,667.00. With 1,666.99 as the last, a cent is lost.\"\"\"
        for award in Award.objects.annotate(sum=total("tranches__amount")).exclude(sum=F("amount")):
            yield award, _("The tranches add up to %(sum)s 元, …") % {"sum": award.sum}

It asks the database for what breaks the law, in a number of statements that does not grow with the rows.
`manage.py check_invariants` says them, so do every simulation and a job of each night.
"""

from common.invariants import journal, keeping, nightly  # noqa: F401  (the laws of this room, and when they are asked)
from common.invariants.registry import Invariant, Violations, invariant, laws
from common.invariants.running import Finding, broken, check

__all__ = ["Finding", "Invariant", "Violations", "broken", "check", "invariant", "laws"]
