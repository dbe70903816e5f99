"""Conditions that this room hangs on its own machine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.clock import now, today
from common.gates import Link, Way, gate
from ventures import eligibility
from ventures.completeness import Missing, missing, sentences
from ventures.content import Written
from ventures.models import CheckAnswer, CheckItem, Notice, Objection, Report, Round, Venture
from ventures.readiness import CARDS, STATEMENTS, open_points
from ventures.states import FINAL_STATES, RoundState, State

ROUND = "ventures.Round"


def _to_delivery(venture: Venture) -> list[Way]:
    """Activities and reports of the venture; the final report's assessment while that is open."""
    if venture.state == State.IN_EVALUATION:
        return [Way(_("Assess the final report"), "desk_venture_final", (venture.pk,))]
    return [Way(_("Activities and reports"), "desk_venture", (venture.pk,), "tab=delivery")]


def moment(at: datetime) -> str:
    """The end of something: 6月30日 24:00 rather than 7月1日 00:00."""
    local = localtime(at)
    if (local.hour, local.minute) == (0, 0):
        return f"{local - timedelta(minutes=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def _to(name: str, label: Any) -> Link:
    return lambda _subject: [Way(label, name)]


# --- The venture ----------------------------------------------------------------------------------------------------


@gate("submit", label=gettext_lazy("The call is open"))
def call_is_open(venture: Venture, at: datetime | None = None) -> Any:
    """`at` is when the submission arrived (common.arrival)."""
    round_, at = venture.round, at or now()
    if at > round_.closes_at:
        return _(
            "The call closed on %(at)s; this submission was not accepted. What you filled in is kept as a draft."
        ) % {"at": moment(round_.closes_at)}
    if at < round_.opens_at:
        return _("The call opens on %(at)s.") % {"at": f"{localtime(round_.opens_at):%Y-%m-%d %H:%M}"}
    return round_.state == RoundState.OPEN or _("The call of %(round)s is not open.") % {"round": round_}


@gate("submit", "resubmit", label=gettext_lazy("The application is complete"))
def application_is_complete(venture: Venture, lacking: Missing | None = None) -> Any:
    """`lacking` is what the action has found behind the lock."""
    return " ".join(sentences(missing(Written(venture)) if lacking is None else lacking)) or True


@gate("submit", label=gettext_lazy("Not more ventures than one organization may submit"))
def within_limit_per_organization(venture: Venture) -> Any:
    limit = venture.round.max_per_organization
    others = (
        Venture.objects.filter(round=venture.round_id, organization=venture.organization_id)
        .exclude(state__in=[State.DRAFT, State.LAPSED])
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
    return " ".join(eligibility.sentence(f) for f in eligibility.stopping(venture)) or True


@gate("withdraw", label=gettext_lazy("Before the deadline"))
def before_the_deadline(venture: Venture) -> Any:
    return now() <= venture.round.closes_at or _("The call closed on %(at)s; it is too late to withdraw.") % {
        "at": moment(venture.round.closes_at)
    }


@gate("lapse", label=gettext_lazy("The call is over"))
def call_is_over(venture: Venture) -> bool:
    return now() > venture.round.closes_at


def sealed(ventures: Sequence[Venture]) -> dict[Any, str]:
    """Of a sealed round nothing is decided before the call is over; one query for all."""
    rounds = Round.objects.filter(pk__in={v.round_id for v in ventures}, sealed=True, closes_at__gte=now())
    ends = {r.pk: moment(r.closes_at) for r in rounds}
    said = _("The applications of this round stay sealed until %(at)s.")
    return {v.pk: said % {"at": ends[v.round_id]} for v in ventures if v.round_id in ends}


@gate("accept", "return_for_correction", "refuse", label=gettext_lazy("The application is not sealed"), many=sealed)
def is_not_sealed(venture: Venture) -> Any:
    return sealed([venture]).get(venture.pk, True)


def open_checklists(ventures: Sequence[Venture]) -> dict[Any, str]:
    """Venture → what is not met or not answered, in two queries for all."""
    items: dict[Any, list[tuple[Any, str]]] = defaultdict(list)
    rounds = {v.round_id for v in ventures}
    for round_id, item, label in CheckItem.objects.filter(round__in=rounds).values_list("round_id", "pk", "label"):
        items[round_id].append((item, label))
    # By round and state: a few answers too many are cheaper than a list of thousands of keys.
    answers = CheckAnswer.objects.filter(
        met=True, venture__round__in=rounds, venture__state__in={v.state for v in ventures}
    )
    met = set(answers.values_list("venture_id", "item_id"))
    labels = {v.pk: [label for item, label in items[v.round_id] if (v.pk, item) not in met] for v in ventures}
    return {venture: _not_met(found) for venture, found in labels.items() if found}


@gate("accept", label=gettext_lazy("Every line of the eligibility checklist is met"), many=open_checklists)
def checklist_is_met(venture: Venture) -> Any:
    met = set(CheckAnswer.objects.filter(venture=venture.pk, met=True).values_list("item_id", flat=True))
    items = CheckItem.objects.filter(round=venture.round_id).values_list("pk", "label")
    found = [label for item, label in items if item not in met]
    return _not_met(found) if found else True


def _not_met(labels: Iterable[str]) -> str:
    return _("Not met or not answered: %(items)s.") % {"items": "、".join(labels)}


@gate("propose", label=gettext_lazy("The amount is within what was asked and the cap"))
def amount_is_within_limits(venture: Venture, amount: Decimal) -> Any:
    most = min(venture.requested, venture.round.cap)
    return 0 < amount <= most or _("%(amount)s 元 is not between 0.01 元 and %(most)s 元 (request and cap).") % {
        "amount": f"{amount:,.2f}",
        "most": f"{most:,.2f}",
    }


@gate("award", label=gettext_lazy("The notice period is over"))
def notice_is_over(venture: Venture) -> Any:
    notice = Notice.objects.filter(lines__venture=venture).order_by("-pk").first()
    if notice is None:
        return _("There was no public notice yet.")
    return notice.is_over or _(
        "The notice runs to %(end)s 24:00 (%(days)s working days); it cannot be ended before."
    ) % {"end": notice.closes_on, "days": notice.working_days}


@gate("award", "clear", label=gettext_lazy("No objection is open"))
def no_objection_is_open(venture: Venture) -> Any:
    n = venture.objections.filter(state__in=[Objection.State.FILED, Objection.State.ADMITTED]).count()
    return n == 0 or _("%(n)s objection(s) are open; rule on them first.") % {"n": n}


@gate("report_midterm", label=gettext_lazy("The mid-term is not passed yet"))
def midterm_is_not_passed_yet(venture: Venture) -> bool:
    return venture.midterm_passed_at is None


@gate("report_final", label=gettext_lazy("The mid-term is passed"))
def midterm_is_passed(venture: Venture) -> bool:
    return venture.midterm_passed_at is not None


@gate("report_midterm", "report_rectification", label=gettext_lazy("The mid-term report is handed in"))
def midterm_report_is_in(venture: Venture) -> bool:
    return _pending(venture, Report.Kind.MID_TERM)


@gate("report_final", label=gettext_lazy("The final report is handed in"))
def final_report_is_in(venture: Venture) -> bool:
    return _pending(venture, Report.Kind.FINAL)


def _pending(venture: Venture, kind: str) -> bool:
    return venture.reports.filter(kind=kind, verdict=Report.Verdict.PENDING).exists()


@gate("pass_final", label=gettext_lazy("The score reaches the pass mark"))
def final_score_passes(venture: Venture, score: Decimal) -> Any:
    mark = venture.round.final_pass_mark
    return score >= mark or _("%(score)s is below the pass mark %(mark)s; such a venture is terminated.") % {
        "score": score,
        "mark": mark,
    }


@gate("waive_showcase", label=gettext_lazy("A reason is given"))
def reason_is_given(venture: Venture, reason: str) -> bool:
    return bool(reason.strip())


@gate("close", label=gettext_lazy("The final report is accepted"), link=_to_delivery)
def final_report_is_accepted(venture: Venture) -> bool:
    return any(r.kind == Report.Kind.FINAL and r.verdict == Report.Verdict.PASSED for r in venture.reports.all())


@gate("close", label=gettext_lazy("Activities are recorded"), link=_to_delivery)
def activities_are_recorded(venture: Venture) -> Any:
    n = venture.activities.count()
    return n > 0 or _("No activity is recorded; %(planned)s were planned.") % {"planned": venture.sessions_planned}


@gate("settle", label=gettext_lazy("The termination has a date"))
def settled_on_a_day(venture: Venture, on: date) -> bool:
    return on <= today()


# --- The round ------------------------------------------------------------------------------------------------------


def _hang_card(card: str) -> None:
    """A card of the set-up as a gate of `open`: the page, the checklist and the guard say the same."""

    def card_is_complete(round_: Round) -> Any:
        return " ".join(open_points(round_, card)) or True

    card_is_complete.__name__ = f"{card}_is_complete"
    page = "desk_round_questions" if card == "questions" else "desk_round_card"
    gate(
        "open",
        of=ROUND,
        label=STATEMENTS[card],
        link=lambda r: [Way(CARDS[card], page, (r.pk,) if card == "questions" else (r.pk, card))],
    )(card_is_complete)


for _card in CARDS:
    _hang_card(_card)


@gate("close_call", of=ROUND, label=gettext_lazy("The window is over"))
def window_is_over(round_: Round) -> Any:
    return now() > round_.closes_at or _("The call runs to %(at)s.") % {"at": moment(round_.closes_at)}


@gate(
    "begin_review",
    of=ROUND,
    label=gettext_lazy("Screening is complete"),
    link=_to("desk_screening", gettext_lazy("To the screening")),
)
def screening_is_complete(round_: Round) -> Any:
    n = round_.ventures.filter(state__in=[State.DRAFT, State.SUBMITTED, State.RETURNED]).count()
    return n == 0 or _("%(n)s application(s) are not screened yet.") % {"n": n}


@gate("publish", of=ROUND, label=gettext_lazy("The selection is made"))
def selection_is_made(round_: Round) -> Any:
    n = round_.ventures.filter(state__in=[State.ELIGIBLE, State.IN_REVIEW]).count()
    return n == 0 or _("%(n)s venture(s) are not placed yet.") % {"n": n}


@gate(
    "begin_delivery",
    of=ROUND,
    label=gettext_lazy("Nothing is on notice any more"),
    link=_to("desk_notices", gettext_lazy("To the notices")),
)
def notice_is_settled(round_: Round) -> Any:
    n = round_.ventures.filter(state__in=[State.PROPOSED, State.ON_NOTICE, State.OBJECTED]).count()
    return n == 0 or _("%(n)s venture(s) are still on notice.") % {"n": n}


@gate(
    "close",
    of=ROUND,
    label=gettext_lazy("Every venture has come to its end"),
    link=_to("desk_closures", gettext_lazy("To the closures")),
)
def every_venture_is_final(round_: Round) -> Any:
    n = round_.ventures.exclude(state__in=FINAL_STATES).count()
    return n == 0 or _("%(n)s venture(s) are not closed yet.") % {"n": n}
