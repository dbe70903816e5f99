"""Laws of a round's own rules."""

from decimal import Decimal

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from rounds.models import Round, RubricItem, TrancheRule
from rounds.states import RoundState

WHOLE = Decimal(100)


@invariant(gettext_lazy("In an opened round the weights of the rubric and the shares of the tranches are 100 each"))
def weights_and_shares_of_an_open_round_are_100() -> Violations:
    """需求分析 15, 目标与成效 10 … 党建引领 10 are 100; 首期款 50 %, 二期款 30 %, 尾款 20 % are 100. With a tail of 19 % one
    hundredth of every award would go to nobody."""
    weights = RubricItem.objects.filter(round=OuterRef("pk")).order_by().values("round").values(sum=Sum("weight"))
    shares = TrancheRule.objects.filter(round=OuterRef("pk")).order_by().values("round").values(sum=Sum("percent"))
    rounds = Round.objects.exclude(state=RoundState.PREPARING).select_related("series")
    rounds = rounds.annotate(weights=Subquery(weights), shares=Subquery(shares))
    whole = Q(weights=WHOLE, shares=WHOLE)
    for round_ in rounds.filter(~whole | Q(weights=None) | Q(shares=None)):
        yield round_, _("the weights add up to %(weights)s, the shares to %(shares)s.") % {
            "weights": round_.weights or 0, "shares": round_.shares or 0,
        }  # fmt: skip


@invariant(gettext_lazy("The amounts and marks of an opened round fit together"))
def amounts_and_marks_of_an_open_round_fit_together() -> Violations:
    """Grants from 100.00 元 to 50,000.00 元 out of 500,000.00 元; 合格 from 60, 良好 from 75, 优秀 from 85. A cap of
    600,000.00 元, a tier of 60,000.00 元 or 良好 from 90 fit into nothing."""
    wrong = (
        Q(min_grant__gt=F("cap")) | Q(cap__gt=F("budget")) | Q(final_pass_mark__gt=F("good_from"))
        | Q(good_from__gt=F("excellent_from"))
    )  # fmt: skip
    tiers = ~Q(grant_tiers=[])
    for round_ in Round.objects.exclude(state=RoundState.PREPARING).filter(wrong | tiers).select_related("series"):
        if strange := [tier for tier in round_.tiers if not round_.min_grant <= tier <= round_.cap]:
            yield round_, _("the tier %(tier)s 元 is not between %(least)s 元 and %(cap)s 元.") % {
                "tier": f"{strange[0]:,.2f}", "least": f"{round_.min_grant:,.2f}", "cap": f"{round_.cap:,.2f}",
            }  # fmt: skip
        elif round_.min_grant > round_.cap or round_.cap > round_.budget:
            yield round_, _("from %(least)s 元 to %(cap)s 元 out of %(budget)s 元 does not fit together.") % {
                "least": f"{round_.min_grant:,.2f}", "cap": f"{round_.cap:,.2f}", "budget": f"{round_.budget:,.2f}",
            }  # fmt: skip
        elif not round_.final_pass_mark <= round_.good_from <= round_.excellent_from:
            yield round_, _("合格 from %(pass)s, 良好 from %(good)s, 优秀 from %(excellent)s are not in order.") % {
                "pass": round_.final_pass_mark, "good": round_.good_from, "excellent": round_.excellent_from,
            }  # fmt: skip


@invariant(gettext_lazy("The amendments of a round are numbered without a gap"))
def amendments_are_numbered_without_a_gap() -> Violations:
    """The deadline was put later by amendment 1, the budget raised by amendment 2. If there were a 1 and a 3, somebody
    would have made a published change disappear."""
    rounds = Round.objects.annotate(n=Count("amendments"), last=Max("amendments__ordinal")).exclude(n=0)
    for round_ in rounds.exclude(n=F("last")).select_related("series"):
        yield round_, _("%(n)s amendment(s), the last is number %(last)s.") % {"n": round_.n, "last": round_.last}
