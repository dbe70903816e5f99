"""The budget rules as the page's script needs them: limits in numbers, sentences with places for the numbers."""

from typing import Any

from django.utils.translation import gettext as _

from common.money import yuan
from rounds.models import Round
from ventures.application.completeness import plain, share_sentence


def live_rules(round_: Round) -> dict[str, Any]:
    """For `ventures/application/budget_sums.js`. The sentences are those of `ventures.application.completeness`; {…} is filled by the script.

    The server decides when the application is submitted; this only tells early.
    """
    shares = [
        {
            "category": rule.category,
            "label": rule.get_category_display(),
            "max": plain(rule.max_percent),
            "over": share_sentence(
                rule.category,
                rule.max_percent,
                spent="{spent}",
                share="{share}",
                over="{over}",
                less="{less}" if rule.max_percent else "{over}",
            ),
        }
        for rule in round_.budget_rules.all()
    ]
    return {
        "shares": shares,
        "cap": str(round_.cap),
        "cap_over": _("The grant requested, %(asked)s 元, is above the cap of %(cap)s 元 per venture.")
        % {"asked": "{asked}", "cap": yuan(round_.cap)},
        "own_min": plain(round_.min_self_raised),
        "own_under": _(
            "Self-raised %(own)s 元 is %(share)s%% of the total budget; at least %(min)s%% (%(least)s 元) is required."
        )
        % {"own": "{own}", "share": "{share}", "min": plain(round_.min_self_raised), "least": "{least}"},
    }
