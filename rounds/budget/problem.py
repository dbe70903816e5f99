"""A budget and its rules as JSON: `{"lines": [{"head", "quantity", "unit_price", "amount", "grant"}], "rules": [{"name",
"heads", "base", "min_percent", "max_percent", "min_amount", "max_amount", "steps": [{"to", "price"}]}]}`; numbers are texts.

Where a line says no `quantity` it is 1, no `amount` it is quantity × unit price, no `grant` all of it is asked for.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.errors import Invalid
from common.problem import Reading
from rounds.budget.checking import Base, Line, Rule, Step

LINE_KEYS = frozenset({"head", "quantity", "unit_price", "amount", "grant"})
LIMITS = ("min_percent", "max_percent", "min_amount", "max_amount")
RULE_KEYS = frozenset({"name", "heads", "base", "steps", *LIMITS})


def read(problem: Any) -> tuple[list[Line], list[Rule]]:
    """Raises Invalid, which names each place (`rules[0].base`) that can not be read."""
    reading = _Reading()
    found = (
        [reading.line(row, f"lines[{n}]") for n, row in enumerate(reading.rows(problem, "lines"))],
        [reading.rule(row, f"rules[{n}]") for n, row in enumerate(reading.rows(problem, "rules"))],
    )
    if reading.errors:
        raise Invalid(reading.errors)
    return found


class _Reading(Reading):
    """Reads the parts of the problem."""

    def line(self, row: Mapping[str, Any], at: str) -> Line:
        self.known(row, LINE_KEYS, at)
        if not isinstance(row.get("head"), str):
            self.wrong(f"{at}.head", _("Say the head of the line."))
        quantity = self.number(row, "quantity", at, Decimal(1)) or Decimal(0)
        price = self.number(row, "unit_price", at)
        amount = self.number(row, "amount", at, quantity * price if price is not None else None)
        if amount is None:
            if f"{at}.amount" not in self.errors:
                self.wrong(f"{at}.amount", _("Say the amount, or a unit price."))
            amount = Decimal(0)
        grant = self.number(row, "grant", at, amount) or Decimal(0)
        if grant > amount:
            said = {"grant": grant, "amount": amount}
            self.wrong(f"{at}.grant", _("The grant, %(grant)s 元, is above the amount, %(amount)s 元.") % said)
        return Line(str(row.get("head")), quantity, amount, grant)

    def rule(self, row: Mapping[str, Any], at: str) -> Rule:
        self.known(row, RULE_KEYS, at)
        heads = row.get("heads")
        if not isinstance(heads, list) or not heads or not all(isinstance(head, str) for head in heads):
            self.wrong(f"{at}.heads", _("Say at least one head."))
            heads = []
        base = row.get("base", Base.TOTAL)
        if base not in set(Base):
            known = ", ".join(Base)
            self.wrong(f"{at}.base", _("“%(given)s” is none of these: %(known)s.") % {"given": base, "known": known})
            base = Base.TOTAL
        limits = {name: self.number(row, name, at) for name in LIMITS}
        for name in ("min_percent", "max_percent"):
            if (percent := limits[name]) is not None and percent > 100:
                self.wrong(f"{at}.{name}", _("%(percent)s%% is more than 100%%.") % {"percent": percent})
        for least, most in (("min_percent", "max_percent"), ("min_amount", "max_amount")):
            low, high = limits[least], limits[most]
            if low is not None and high is not None and low > high:
                said = {"low": low, "high": high}
                self.wrong(f"{at}.{least}", _("The least, %(low)s, is above the most, %(high)s.") % said)
        steps = self.steps(row, at) if "steps" in row else ()
        if not steps and all(limit is None for limit in limits.values()) and f"{at}.steps" not in self.errors:
            self.wrong(at, _("The rule limits nothing."))
        return Rule(str(row.get("name", "")), frozenset(heads), Base(base), steps=steps, **limits)

    def steps(self, row: Mapping[str, Any], at: str) -> Sequence[Step]:
        found: list[Step] = []
        for n, step in enumerate(rows := self.rows(row, "steps", at)):
            here = f"{at}.steps[{n}]"
            self.known(step, frozenset({"to", "price"}), here)
            price, to = self.number(step, "price", here), self.number(step, "to", here)
            if price is None and f"{here}.price" not in self.errors:
                self.wrong(f"{here}.price", _("Say the price of a unit."))
            if to is None and n < len(rows) - 1:
                self.wrong(f"{here}.to", _("Only the last step may go on without an end."))
            if to is not None and found and found[-1].to is not None and to <= found[-1].to:
                said = {"to": to, "before": found[-1].to}
                self.wrong(f"{here}.to", _("A step ends behind the one before: %(to)s after %(before)s.") % said)
            found.append(Step(price or Decimal(0), to))
        return tuple(found)
