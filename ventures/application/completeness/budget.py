"""What the budget lacks: its lines, its sums, the amounts and the rules of the round."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.money import ZERO, percent_beside, to_cents, yuan
from common.text import plain
from common.wording import listed
from rounds.budget.checking import Line
from rounds.budget.terms import Terms
from rounds.models import Round
from ventures.models import BudgetLine, Venture

Missing = dict[str, list[str]]


def budget(venture: Venture, lines: list[BudgetLine], terms: Terms, found: Missing) -> None:
    _budget_lines(lines, terms.heads, found)
    _sums(venture, lines, found)
    _caps(venture.round, venture, found)
    if problems := terms.problems(lines_of(lines)):
        found["budget"] += problems


def lines_of(rows: Iterable[BudgetLine]) -> list[Line]:
    """As the rules count them."""
    return [Line(row.head, row.quantity, row.amount, row.from_grant) for row in rows]


def lines_in(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The same of a version that was handed in (canonical values)."""
    return [
        Line(row["head"], *(Decimal(row[name] or 0) for name in ("quantity", "amount", "from_grant"))) for row in rows
    ]


def _budget_lines(lines: list[BudgetLine], heads: Collection[str], found: Missing) -> None:
    if not lines:
        found["budget"].append(_("The budget needs at least one line."))
    for line in lines:
        if not line.detail or not line.unit_price:
            found["budget"].append(
                _("Budget line %(n)s: please fill in the use and the unit price.") % {"n": line.ordinal}
            )
        if line.head not in heads:
            found["budget"].append(
                _("Budget line %(n)s: please choose one of the heads: %(heads)s.")
                % {"n": line.ordinal, "heads": listed(heads)}
            )
        if (product := to_cents(line.unit_price * line.quantity)) != line.amount:
            found["budget"].append(
                _("Budget line %(n)s: unit price × quantity is %(product)s 元, the amount says %(amount)s 元.")
                % {"n": line.ordinal, "product": yuan(product), "amount": yuan(line.amount)}
            )


def _sums(venture: Venture, lines: list[BudgetLine], found: Missing) -> None:
    for name, stated, summed in (
        ("total_budget", venture.total_budget, sum((b.amount for b in lines), ZERO)),
        ("requested", venture.requested, sum((b.from_grant for b in lines), ZERO)),
        ("self_raised", venture.self_raised, sum((b.from_own for b in lines), ZERO)),
    ):
        if stated != summed:
            found[name].append(
                _("“%(field)s” is %(stated)s 元, but the budget lines add up to %(summed)s 元.")
                % {
                    "field": Venture._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                    "stated": yuan(stated),
                    "summed": yuan(summed),
                }
            )


def _caps(round_: Round, venture: Venture, found: Missing) -> None:
    if venture.requested > round_.cap:
        found["requested"].append(
            _("The grant requested, %(asked)s 元, is above the cap of %(cap)s 元 per venture.")
            % {"asked": yuan(venture.requested), "cap": yuan(round_.cap)}
        )
    elif 0 < venture.requested < round_.min_grant:
        found["requested"].append(
            _("The grant requested, %(asked)s 元, is below the smallest grant of %(least)s 元.")
            % {"asked": yuan(venture.requested), "least": yuan(round_.min_grant)}
        )
    elif round_.tiers and venture.requested and venture.requested not in round_.tiers:
        found["requested"].append(
            _("The grant requested, %(asked)s 元, is not one of the amounts of this round: %(tiers)s 元.")
            % {"asked": yuan(venture.requested), "tiers": listed(yuan(tier) for tier in round_.tiers)}
        )
    least = to_cents(venture.total_budget * round_.min_self_raised / 100)
    if venture.self_raised < least:
        found["self_raised"].append(
            _(
                "Self-raised %(own)s 元 is %(share)s%% of the total budget; at least %(min)s%% (%(least)s 元) is required."
            )
            % {
                "own": yuan(venture.self_raised),
                "share": percent_beside(venture.self_raised, venture.total_budget, round_.min_self_raised),
                "min": plain(round_.min_self_raised),
                "least": yuan(least),
            }
        )
