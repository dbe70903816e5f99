"""A template in a few words, to be read beside others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Invalid
from common.money import yuan
from common.text import plain
from common.wording import listed
from rounds.budget.words import in_words
from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.models import BudgetRule, EligibilityRule, TrancheRule
from rounds.round_format.layout import LAYOUT
from rounds.round_format.library import Template
from rounds.round_format.reading import Rules, read


@dataclass(frozen=True)
class Summary:
    """`demo`: what the source does not say, in words; `problem`: why it can not be read, like one of another version."""

    template: Template
    money: str = ""
    who: Sequence[str] = ()
    budget: Sequence[str] = ()
    paid: str = ""
    notice: str = ""
    n_questions: int = 0
    demo: str = ""
    problem: str = ""

    @property
    def own_pk(self) -> int | None:
        """Of a template that the office has kept."""
        key = self.template.key
        return int(key.removeprefix("own-")) if key.startswith("own-") else None


def summary_of(template: Template) -> Summary:
    try:
        rules = read(template.content)
    except Invalid as e:
        return Summary(template, problem=str(e))
    return Summary(
        template=template,
        money=_money(rules.facts.get("money", {})),
        who=[str(EligibilityRule(**row)) for row in _rows(rules, "eligibility", "eligibility_rules")],
        budget=[
            in_words(BudgetRule(**row).pure, tuple(row["heads"])) for row in _rows(rules, "budget", "budget_rules")
        ],
        paid=listed(str(TrancheRule(**row)) for row in _rows(rules, "tranches", "tranche_rules")),
        notice=_notice(rules.facts.get("calendar", {})),
        n_questions=len(rules.questions),
        demo=listed(_place(said) for said in template.demo),
    )


def _rows(rules: Rules, card: str, related: str) -> list[dict[str, Any]]:
    return rules.tables.get(card, {}).get(related, [])


def _money(facts: Mapping[str, Any]) -> str:
    said = []
    if budget := facts.get("budget"):
        said.append(_("%(budget)s 元 in all") % {"budget": yuan(budget)})
    if quota := facts.get("quota"):
        said.append(ngettext("%(n)s venture at most", "%(n)s ventures at most", quota) % {"n": quota})
    if cap := facts.get("cap"):
        said.append(_("at most %(cap)s 元 each") % {"cap": yuan(cap)})
    if own := facts.get("min_self_raised"):
        said.append(_("self-raised at least %(own)s%%") % {"own": plain(Decimal(own))})
    return listed(said)


def _notice(facts: Mapping[str, Any]) -> str:
    days = facts.get("notice_days")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else ""


def _place(said: str) -> str:
    """A card, or one setting of it, as people call it."""
    slug, __, name = said.partition(".")
    card, layout = CARDS[slug], LAYOUT[slug]
    if not name:
        return str(card.label)
    label = layout.facts[name].verbose_name if name in layout.facts else _counted(card, name)
    return str(label)


def _counted(card: Card, related: str) -> Any:
    return next(table.counted for table in card.tables if table.related == related)
