from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.eligibility_kinds.kind import Problem, WithNumber

if TYPE_CHECKING:
    from rounds.models import EligibilityRule

HIGHEST = 5


class Rating(WithNumber):
    slug, place = "rating", 50
    label = gettext_lazy("Rated at least … A, and valid")

    def problems(self, rule: "EligibilityRule", n: int) -> Iterable[Problem]:
        yield from super().problems(rule, n)
        if (rule.number or 0) > HIGHEST:
            yield Problem(
                "number",
                _("The highest rating is %(max)s A.") % {"max": HIGHEST},
                _("Rule %(n)s asks for %(a)s A; the highest rating is %(max)s A.")
                % {"n": n, "a": rule.number, "max": HIGHEST},
            )


KIND = Rating()
