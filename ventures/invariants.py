"""Laws of the ventures of a round. Those of what is handed in, shown and delivered stand beside this file."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.invariants import Violations, invariant
from common.machine.lifecycle import verbs_permitted_by
from common.models import JournalEntry
from common.money import total, yuan
from common.wording import listed
from rounds.models import Round
from rounds.states import RoundState
from ventures.models import Counter, Venture
from ventures.rules import DECISIONS
from ventures.states import FINAL_STATES, State

BEFORE_SCREENING = {State.DRAFT, State.SUBMITTED, State.RETURNED}
UNDECIDED = BEFORE_SCREENING | {State.ELIGIBLE, State.IN_REVIEW}
WITHOUT_AWARD = UNDECIDED | {State.LAPSED, State.NOT_ACCEPTED, State.RESERVE, State.NOT_SELECTED, State.CANCELLED}
BEFORE_SELECTION = {RoundState.OPEN, RoundState.CALL_CLOSED}
ALL = frozenset(State)
# State of the round → what none of its ventures is then.
IMPOSSIBLE: dict[str, Any] = {
    RoundState.PREPARING: ALL,
    RoundState.OPEN: ALL - UNDECIDED - {State.LAPSED, State.NOT_ACCEPTED} | {State.IN_REVIEW},
    RoundState.CALL_CLOSED: ALL - UNDECIDED - {State.LAPSED, State.NOT_ACCEPTED} | {State.IN_REVIEW},
    RoundState.IN_REVIEW: BEFORE_SCREENING | {State.ELIGIBLE},
    RoundState.ON_NOTICE: UNDECIDED,
    RoundState.IN_DELIVERY: UNDECIDED,
    RoundState.CLOSED: ALL - FINAL_STATES,
}


@invariant(gettext_lazy("A round gives no more than its budget"))
def a_round_gives_no_more_than_its_budget() -> Violations:
    """The budget is 500,000.00 元; ten ventures were given 387,000.00 元. Whatever was cancelled is free again, what was
    awarded to a venture that was terminated later is not."""
    rounds = Round.objects.annotate(given=total("ventures__awarded")).filter(given__gt=F("budget"))
    for round_ in rounds.select_related("series"):
        yield round_, _("%(given)s 元 are given, the budget is %(budget)s 元.") % {
            "given": yuan(round_.given), "budget": yuan(round_.budget),
        }  # fmt: skip


@invariant(gettext_lazy("A round fills no more than its places"))
def a_round_fills_no_more_than_its_places() -> Violations:
    """The round has 10 places, and 10 ventures have an award. An eleventh waits in reserve until one is cancelled."""
    given = Count("ventures", filter=Q(ventures__awarded__isnull=False))
    for round_ in Round.objects.annotate(given=given).filter(given__gt=F("quota")).select_related("series"):
        yield round_, _("%(given)s ventures have an award, the round has %(quota)s places.") % {
            "given": round_.given, "quota": round_.quota,
        }  # fmt: skip


@invariant(gettext_lazy("An award is within request and cap, and not below the smallest grant"))
def an_award_is_within_request_and_cap() -> Violations:
    """48,000.00 元 were asked for, the cap is 50,000.00 元, the smallest grant 100.00 元: from 100.00 元 to 48,000.00 元
    may be awarded."""
    wrong = Q(awarded__gt=F("requested")) | Q(awarded__gt=F("round__cap")) | Q(awarded__lt=F("round__min_grant"))
    for venture in Venture.objects.filter(wrong).select_related("round").iterator():
        assert venture.awarded is not None  # what is compared is there
        yield venture, _("%(awarded)s 元 are awarded; %(asked)s 元 were asked for, %(least)s to %(cap)s 元 are possible.") % {
            "awarded": yuan(venture.awarded), "asked": yuan(venture.requested),
            "least": yuan(venture.round.min_grant), "cap": yuan(venture.round.cap),
        }  # fmt: skip


@invariant(gettext_lazy("Whoever was chosen has an award, and nobody else"))
def whoever_was_chosen_has_an_award() -> Violations:
    """Proposed with 48,000.00 元, on notice with it, in delivery with it. In reserve there is none yet, and an upheld
    objection takes it away."""
    chosen = ~Q(state__in=WITHOUT_AWARD)
    for venture in Venture.objects.filter(chosen & Q(awarded=None) | ~chosen & Q(awarded__isnull=False)).iterator():
        yield venture, _("it is “%(state)s” and awarded %(awarded)s 元.") % {
            "state": venture.get_state_display(), "awarded": yuan(venture.awarded or 0),
        }  # fmt: skip


@invariant(gettext_lazy("The numbers of a series and year have no gap and no twin"))
def numbers_have_no_gap_and_no_twin() -> Violations:
    """HC2020-001 to HC2020-010 were given, and the counter of HC2020- stands at 10. A number stays with its venture when
    it is withdrawn; none is given twice, also not in two rounds of one year."""
    given: dict[str, set[str]] = defaultdict(set)
    numbered = Venture.objects.exclude(number="").values_list("round__series__code", "round__year", "number")
    for code, year, number in numbered.order_by("pk").iterator():
        prefix = f"{code}{year}-"
        if not number.startswith(prefix) or not number.removeprefix(prefix).isdecimal():
            yield number, _("a number of this round begins with %(prefix)s.") % {"prefix": prefix}
        elif number in given[prefix]:
            yield number, _("this number is given twice.")
        given[prefix].add(number)
    last = {c.prefix: c.last for c in Counter.objects.all()}
    for prefix in sorted(given.keys() | last.keys()):
        whole = {str(Counter(prefix, n)) for n in range(1, last.get(prefix, 0) + 1)}
        if lost := sorted(whole ^ given[prefix]):
            yield prefix, _("the counter stands at %(last)s, these do not fit: %(numbers)s.") % {
                "last": last.get(prefix, 0), "numbers": listed(lost[:5]),
            }  # fmt: skip


@invariant(gettext_lazy("The ventures of a round are where the round can have brought them"))
def ventures_are_where_their_round_can_have_brought_them() -> Violations:
    """In a round whose call is open a venture may be a draft, returned or eligible, but not awarded. In a completed round
    every one has come to its end."""
    wrong = Q()
    for state, impossible in IMPOSSIBLE.items():
        wrong |= Q(round__state=state, state__in=impossible)
    for venture in Venture.objects.filter(wrong).select_related("round__series").iterator():
        yield venture, _("it is “%(state)s” in a round that is “%(round)s”.") % {
            "state": venture.get_state_display(), "round": venture.round.get_state_display(),
        }  # fmt: skip


@invariant(gettext_lazy("No organization has handed in more ventures than the round allows"))
def no_organization_hands_in_more_than_the_round_allows() -> Violations:
    """The round allows one per organization. A second draft may lie beside the first, but it can not be submitted."""
    handed_in = Venture.objects.exclude(state__in=[State.DRAFT, State.LAPSED])
    most = F("round__max_per_organization")
    by_organization = handed_in.values("organization__name", "round__max_per_organization", "round").order_by()
    for row in by_organization.annotate(n=Count("pk")).filter(n__gt=most):
        yield row["organization__name"], ngettext("%(n)s venture in one round, which allows %(most)s.", "%(n)s ventures in one round, which allows %(most)s.", row["n"]) % {
            "n": row["n"], "most": row["round__max_per_organization"],
        }  # fmt: skip


@invariant(
    gettext_lazy("Who entered an application for the applicant took no decision on it, or its round waives this")
)
def who_entered_an_application_took_no_decision_on_it() -> Violations:
    """初审员 has entered HC2020-004 from paper (代录); 复核员 has accepted it. Four eyes have seen it."""
    lines = JournalEntry.objects.filter(subject_kind="ventures.venture")
    by_applicants = {"enter_for_applicant", *verbs_permitted_by(Venture, {"ventures.apply"})}
    entered = lines.filter(verb__in=by_applicants, subject_id=OuterRef("subject_id"), by_id=OuterRef("by_id"))
    waived = Venture.objects.filter(pk=OuterRef("subject_id")).exclude(round__entering_waiver="")
    for line in lines.filter(
        Exists(entered), ~Exists(waived), verb__in=verbs_permitted_by(Venture, DECISIONS)
    ).iterator():
        yield f"{line.subject_kind} {line.subject_id}", _("%(name)s has entered it and decided on it.") % {
            "name": line.by_name,
        }  # fmt: skip


@invariant(gettext_lazy("A venture has ended on a day exactly when it is closed or terminated"))
def an_ended_venture_has_its_day() -> Violations:
    """Closed on 2020-12-21. As long as it is in closure it has no such day, or the summary would count it as closed."""
    ended = Q(state__in=[State.CLOSED, State.TERMINATED])
    for venture in Venture.objects.filter(ended & Q(closed_on=None) | ~ended & Q(closed_on__isnull=False)).iterator():
        yield venture, _("it is “%(state)s”, its last day is %(on)s.") % {
            "state": venture.get_state_display(), "on": venture.closed_on or "—",
        }  # fmt: skip
