from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import plain
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import Round


class Rubric(Card):
    """Criteria of the review with their points, and the marks."""

    slug, place = "rubric", 100
    label = gettext_lazy("Rubric and marks")
    statement = gettext_lazy("The weights of the rubric add up to 100")
    facts = ("min_scores", "trim_from", "pass_mark", "excellent_from", "good_from", "final_pass_mark")
    tables = (Table("rubric", ("label", "weight", "guidance", "tie_break"), gettext_lazy("Criteria of the rubric")),)

    def check(self, round_: Round) -> Iterable[str]:
        total = sum(item.weight for item in round_.rubric.all())
        if total != 100:
            yield _("The weights add up to %(n)s, not 100.") % {"n": total}
        if not round_.min_scores:
            yield _("At least 1 valid score is needed for a result.")
        if round_.trim_from < 3:
            yield _("The highest and the lowest can be dropped from 3 scores on, not from %(n)s.") % {
                "n": round_.trim_from
            }
        if not round_.excellent_from > round_.good_from > round_.final_pass_mark:
            yield _("The marks must fall: 优秀 %(excellent)s, 良好 %(good)s, 合格 %(fair)s.") % {
                "excellent": plain(round_.excellent_from),
                "good": plain(round_.good_from),
                "fair": plain(round_.final_pass_mark),
            }


CARD = Rubric()
