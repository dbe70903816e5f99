"""How rules on who may apply stand together: in groups, of which every one is to be met and of each any rule is enough."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from common.wording import clauses

if TYPE_CHECKING:
    from rounds.models import EligibilityRule


def grouped(rules: "Iterable[EligibilityRule]") -> "list[list[EligibilityRule]]":
    """In their order. A first rule with nothing above it stands for itself."""
    groups: list[list[EligibilityRule]] = []
    for rule in rules:
        if groups and rule.joined == rule.Joined.OR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def in_words(rules: Sequence[Any]) -> str:
    """What a group asks for: its one rule, or that any of them is enough."""
    if len(rules) == 1:
        return str(rules[0])
    return _("One of these is enough: %(rules)s") % {"rules": clauses(rules)}
