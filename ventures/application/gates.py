"""Conditions of handing in and of taking back."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import deadlines
from common.clock import now
from rounds.states import RoundState
from ventures.application.completeness import Missing, missing, sentences
from ventures.application.content import ApplicationContent
from ventures.eligibility import evaluating
from ventures.gates import gate
from ventures.models import Venture
from ventures.states import NOT_HANDED_IN


@gate("submit", label=gettext_lazy("The call is open"))
def call_is_open(venture: Venture, at: datetime | None = None) -> Any:
    """`at` is when the submission arrived (common.site.arrival)."""
    round_, at = venture.round, at or now()
    if at > round_.closes_at:
        return _(
            "The call closed on %(at)s; this submission was not accepted. What you filled in is kept as a draft."
        ) % {"at": deadlines.told(round_.closes_at)}
    if at < round_.opens_at:
        return _("The call opens on %(at)s.") % {"at": f"{localtime(round_.opens_at):%Y-%m-%d %H:%M}"}
    return round_.state == RoundState.OPEN or _("The call of %(round)s is not open.") % {"round": round_}


@gate("submit", "resubmit", label=gettext_lazy("The application is complete"))
def application_is_complete(venture: Venture, lacking: Missing | None = None) -> Any:
    """`lacking` is what the action has found behind the lock."""
    return " ".join(sentences(missing(ApplicationContent(venture)) if lacking is None else lacking)) or True


@gate("submit", label=gettext_lazy("Not more ventures than one organization may submit"))
def within_limit_per_organization(venture: Venture) -> Any:
    limit = venture.round.max_per_organization
    others = (
        Venture.objects.filter(round=venture.round_id, organization=venture.organization_id)
        .exclude(state__in=NOT_HANDED_IN)
        .exclude(pk=venture.pk)
        .count()
    )
    return others < limit or _("%(round)s allows %(limit)s per organization; yours has submitted %(n)s already.") % {
        "round": venture.round,
        "limit": limit,
        "n": others,
    }


@gate("submit", "resubmit", label=gettext_lazy("The organization may apply in this round"))
def is_eligible(venture: Venture) -> Any:
    return " ".join(evaluating.sentence(f) for f in evaluating.stopping(venture)) or True


@gate("withdraw", label=gettext_lazy("Before the deadline"))
def before_the_deadline(venture: Venture) -> Any:
    return now() <= venture.round.closes_at or _("The call closed on %(at)s; it is too late to withdraw.") % {
        "at": deadlines.told(venture.round.closes_at)
    }


@gate("lapse", label=gettext_lazy("The call is over"))
def call_is_over(venture: Venture) -> bool:
    return now() > venture.round.closes_at
