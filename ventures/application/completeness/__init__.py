"""What an application still lacks. One set of validators for "what is missing", for the gate and for the page."""

from collections import defaultdict
from decimal import ROUND_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import CENT, ZERO, percent_beside, to_cents, yuan
from common.wording import listed
from rounds.models import BudgetCategory, Round
from ventures.application.completeness.round_requirements import answers, papers, tables, unprintable
from ventures.application.content import ApplicationContent, form_of
from ventures.application.content.fields import Slug
from ventures.models import Application, BudgetLine, Venture

Missing = dict[str, list[str]]

REQUIRED_FACTS = ("title", "category", "place", "leader", "phone", "starts_on", "ends_on")
REQUIRED_NUMBERS = ("beneficiaries", "sessions_planned", "attendance_planned", "requested")
REQUIRED_NARRATIVE = ("summary", "needs", "goals", "plan", "sustainability", "outcomes")
FILL_IN = gettext_lazy("Please fill in “%(field)s”.")


def missing(content: ApplicationContent) -> Missing:
    """Path of a field (see `ventures.application.content`) → sentences that quote rule and number; {} when it may be submitted."""
    found: Missing = defaultdict(list)
    venture, application = content.venture, content.application
    form = form_of(venture.round)
    if form.section(Slug.BASIC):
        _facts(venture, found)
        _dates(venture, found)
    if form.section(Slug.NARRATIVE):
        _narrative(application, found)
    tables(content, form, found)
    answers(content, form, found)
    papers(content, form, found)
    unprintable(content, form, found)
    if form.section(Slug.BUDGET):
        lines = content.rows("budget")
        _budget_lines(lines, found)
        _sums(venture, lines, found)
        _caps(venture.round, venture, lines, found)
    if not application.declared:
        found["declared"].append(_("Please tick the declaration."))
    return dict(found)


def sentences(found: Missing) -> list[str]:
    return [sentence for field in found.values() for sentence in field]


def _facts(venture: Venture, found: Missing) -> None:
    for name in REQUIRED_FACTS + REQUIRED_NUMBERS:
        if not getattr(venture, name if name not in {"category", "place"} else f"{name}_id"):
            found[name].append(FILL_IN % {"field": Venture._meta.get_field(name).verbose_name})  # type: ignore[union-attr]


def _narrative(application: Application, found: Missing) -> None:
    for name in REQUIRED_NARRATIVE:
        if not getattr(application, name):
            found[name].append(FILL_IN % {"field": Application._meta.get_field(name).verbose_name})  # type: ignore[union-attr]
    for field in Application._meta.concrete_fields:
        limit, text = getattr(field, "max_length", None), getattr(application, field.attname)
        if limit and isinstance(text, str) and len(text) > limit:
            found[field.name].append(
                _("“%(field)s” has %(n)s characters; at most %(max)s.")
                % {"field": field.verbose_name, "n": len(text), "max": limit}
            )


def _dates(venture: Venture, found: Missing) -> None:
    if venture.starts_on and venture.ends_on and venture.ends_on <= venture.starts_on:
        found["ends_on"].append(
            _("The end (%(end)s) must be after the start (%(start)s).")
            % {"end": venture.ends_on, "start": venture.starts_on}
        )


def _budget_lines(lines: list[BudgetLine], found: Missing) -> None:
    if not lines:
        found["budget"].append(_("The budget needs at least one line."))
    for line in lines:
        if not line.detail or not line.unit_price:
            found["budget"].append(
                _("Budget line %(n)s: please fill in the use and the unit price.") % {"n": line.ordinal}
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


def _caps(round_: Round, venture: Venture, lines: list[BudgetLine], found: Missing) -> None:
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
    for rule in round_.budget_rules.all():
        spent = sum((b.from_grant for b in lines if b.category == rule.category), ZERO)
        if sentence := share_problem(rule.category, spent, venture.requested, rule.max_percent):
            found["budget"].append(sentence)


def share_problem(category: str, spent: Decimal, grant: Decimal, max_percent: Decimal) -> str | None:
    """What is wrong when `spent` of the `grant` (元) goes into one category, or None."""
    over = spent - grant * max_percent / 100
    if over <= 0 or max_percent >= 100:
        return None
    return share_sentence(
        category,
        max_percent,
        spent=yuan(spent),
        share=percent_beside(spent, grant, max_percent),
        over=yuan(over.quantize(CENT, ROUND_UP)),
        # What is asked for less here makes the grant smaller, of which it is a share.
        less=yuan((over / (1 - max_percent / 100)).quantize(CENT, ROUND_UP)),
    )


def share_sentence(category: str, max_percent: Decimal, *, spent: str, share: str, over: str, less: str) -> str:
    """管理费 5,200.00 元,占资助资金 10.4%,超过上限 10%。请调减 200.00 元以上。…; the numbers as they shall be read."""
    said = _(
        "%(category)s %(spent)s 元 is %(share)s%% of the grant, above the limit of %(max)s%%. "
        "Please reduce it by at least %(over)s 元."
    ) % {
        "category": BudgetCategory(category).label,
        "spent": spent,
        "share": share,
        "max": plain(max_percent),
        "over": over,
    }
    if less == over:  # nothing at all is allowed
        return said
    return said + _(" If no other line takes that up, by at least %(less)s 元.") % {"less": less}


def plain(number: Decimal) -> str:
    """10.00 → 10, 12.50 → 12.5."""
    return f"{number.normalize():f}"
