"""Laws of a round's own rules."""

from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.invariants import Violations, invariant
from common.money import yuan
from common.wording import listed
from rounds.models import GradeBand, Round, RubricItem
from rounds.models.money_plan import plan_of
from rounds.money_plan.walking import walk
from rounds.money_plan.words import sentence
from rounds.states import RoundState

WHOLE = Decimal(100)


@invariant(gettext_lazy("In an opened round the weights of the rubric are 100"))
def weights_of_an_open_round_are_100() -> Violations:
    """需求分析 15, 目标与成效 10 … 党建引领 10 are 100. With 99 nobody could be given full marks."""
    weights = RubricItem.objects.filter(round=OuterRef("pk")).order_by().values("round").values(sum=Sum("weight"))
    rounds = Round.objects.exclude(state=RoundState.PREPARING).select_related("series")
    for round_ in rounds.annotate(weights=Subquery(weights)).filter(~Q(weights=WHOLE) | Q(weights=None)):
        yield round_, _("the weights add up to %(weights)s.") % {"weights": round_.weights or 0}


@invariant(gettext_lazy("The money plan of an opened round can be walked to its end"))
def the_money_plan_of_an_open_round_is_walked_to_its_end() -> Violations:
    """首期款 50 % after the agreement, 二期款 30 % after the mid-term, 尾款 20 % after the final evaluation. With a tail of 19 %
    one hundredth of every award would go to nobody; in a round without a mid-term nobody would ever get the second."""
    rounds = Round.objects.exclude(state=RoundState.PREPARING).select_related("series")
    for round_ in rounds.prefetch_related("tranche_rules"):
        plan = plan_of(round_)
        for failure in walk(plan).failures:
            yield round_, sentence(failure, plan)


@invariant(gettext_lazy("The amounts and marks of an opened round fit together"))
def amounts_and_marks_of_an_open_round_fit_together() -> Violations:
    """Grants from 100.00 元 to 50,000.00 元 out of 500,000.00 元; 优秀 from 85, 良好 from 75, 合格 from 60, 不合格 from 0,
    which does not pass. A cap of 600,000.00 元, a tier of 60,000.00 元 or 良好 from 90 fit into nothing."""
    rounds = Round.objects.exclude(state=RoundState.PREPARING).select_related("series")
    for round_ in rounds.prefetch_related("grade_bands"):
        bands = list(round_.grade_bands.all())
        if strange := [tier for tier in round_.tiers if not round_.min_grant <= tier <= round_.cap]:
            yield round_, _("the tier %(tier)s 元 is not between %(least)s 元 and %(cap)s 元.") % {
                "tier": yuan(strange[0]), "least": yuan(round_.min_grant), "cap": yuan(round_.cap),
            }  # fmt: skip
        elif round_.min_grant > round_.cap or round_.cap > round_.budget:
            yield round_, _("from %(least)s 元 to %(cap)s 元 out of %(budget)s 元 does not fit together.") % {
                "least": yuan(round_.min_grant), "cap": yuan(round_.cap), "budget": yuan(round_.budget),
            }  # fmt: skip
        elif not _fall_to_nought(bands):
            yield round_, _("the grades %(grades)s are not in order.") % {"grades": listed(bands) or "—"}


def _fall_to_nought(bands: list[GradeBand]) -> bool:
    """Every score has its grade, and none that passes stands below one that does not."""
    return bool(bands) and bands[-1].lowest == 0 and bands[0].passes and all(
        above.lowest > below.lowest and above.passes >= below.passes for above, below in pairwise(bands)
    )  # fmt: skip


@invariant(gettext_lazy("The amendments of a round are numbered without a gap"))
def amendments_are_numbered_without_a_gap() -> Violations:
    """The deadline was put later by amendment 1, the budget raised by amendment 2. If there were a 1 and a 3, somebody
    would have made a published change disappear."""
    rounds = Round.objects.annotate(n=Count("amendments"), last=Max("amendments__ordinal")).exclude(n=0)
    for round_ in rounds.exclude(n=F("last")).select_related("series"):
        yield (
            round_,
            ngettext(
                "%(n)s amendment, the last is number %(last)s.",
                "%(n)s amendments, the last is number %(last)s.",
                round_.n,
            )
            % {"n": round_.n, "last": round_.last},
        )
