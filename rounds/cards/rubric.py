from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import plain
from common.wording import listed
from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import GradeBand, Round


class Rubric(Card):
    """Criteria of the review with their points, and the marks."""

    slug, place = "rubric", 100
    label = gettext_lazy("Rubric and marks")
    statement = gettext_lazy("The weights of the rubric add up to 100")
    facts = ("min_scores", "trim_from", "pass_mark")
    tables = (
        Table("rubric", ("label", "weight", "guidance", "tie_break"), gettext_lazy("Criteria of the rubric")),
        Table(
            "grade_bands", ("name", "lowest", "passes"), gettext_lazy("Grades of the final evaluation"), once="name",
            prefix="band",
        ),
    )  # fmt: skip

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
        yield from _grades(list(round_.grade_bands.all()))


def _grades(bands: list[GradeBand]) -> Iterable[str]:
    if not bands:
        yield _("There is no grade yet; the final evaluation gives one.")
        return
    if any(above.lowest <= below.lowest for above, below in pairwise(bands)):
        yield _("The marks must fall: %(grades)s.") % {"grades": listed(bands)}
    for above, below in pairwise(bands):
        if below.passes and not above.passes:
            yield _("“%(below)s” passes, but stands below “%(above)s”, which does not.") % {
                "below": below.name,
                "above": above.name,
            }
    if not any(band.passes for band in bands):
        yield _("No grade passes: no venture could come to its end.")
    if bands[-1].lowest:
        yield _("Below %(mark)s points there is no grade; the last one begins at 0.") % {
            "mark": plain(bands[-1].lowest)
        }


CARD = Rubric()
