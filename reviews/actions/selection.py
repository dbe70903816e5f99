"""After the last score: who is proposed, who stays in reserve, who is not selected."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from common.money import ZERO, yuan
from common.wording import listed
from reviews.models import Review
from reviews.outcomes import Entry, Outcome, outcomes_of, tracks_of
from reviews.queries import Ranked, most_for, ranking
from rounds.models import Round
from rounds.states import RoundState
from ventures.allotment import allotment_of
from ventures.models import Venture
from ventures.states import State

Amounts = Mapping[int, Decimal]
BY_COMMITTEE = gettext_lazy("Tied at the money line; decided by the committee.")  # instead of the points


@transaction.atomic
def select(round: Round, *, by: Any, amounts: Amounts | None = None) -> dict[str, list[Venture]]:
    """择优: every venture in review is proposed, kept in reserve or declined; returns them by "propose", "reserve",
    "decline", in rank order.

    From the first rank down, whoever reaches the round's pass mark is proposed with the lower of request and cap
    until the budget or the quota ends. The first that does not fit ends the line; nobody behind it is proposed, even
    if a smaller request would fit (no leap-frogging). The rest with the pass mark are the reserve, the others and
    those without a result are declined.

    `amounts` (venture id → 元) gives some another amount, at most request and cap; nobody gets less than the round's
    smallest grant, and all together stay within the
    budget. It is also how the committee decides a tie that lies across the line: of the tied, those listed get it.
    Such a tie is never decided silently.

    Raises NotAllowed, also for who has scored in this round; NotReady while scores are missing; Conflict naming tied
    ventures; Invalid with `amount_<id>`.
    """
    row = _locked(round, by)
    if row.state != RoundState.IN_REVIEW:
        raise Conflict(_("%(round)s is “%(state)s”, not in review.") % {"round": row, "state": row.get_state_display()})
    in_review = Venture.objects.select_for_update(of=("self",)).filter(round=row, state=State.IN_REVIEW).order_by("pk")
    ventures = {v.pk: v for v in in_review}
    if not ventures:
        raise Conflict(_("No venture of %(round)s is in review.") % {"round": row})
    chosen = dict(amounts or {})
    _amounts_are_possible(ventures, row, chosen)
    rows = [r for r in ranking(row, chosen=chosen) if r.venture.pk in ventures]
    _everyone_has_scored(rows)
    _no_tie_is_left(rows)
    _chosen_are_proposed(rows, row, chosen)
    _nobody_gets_less_than_the_smallest(rows, row)

    done: dict[str, list[Venture]] = {str(o): [] for o in (Outcome.PROPOSE, Outcome.RESERVE, Outcome.DECLINE)}
    for r in rows:
        done[str(r.outcome)].append(_place(r, rows, row, chosen, by))
    return done


def _locked(round_: Round, by: Any) -> Round:
    if not by.has_perm("reviews.select", round_):
        raise NotAllowed
    # Experts have no staff role, but roles change: whoever has scored in a round does not choose in it.
    if Review.objects.filter(venture__round=round_, expert=by.pk, state=Review.State.SUBMITTED).exists():
        raise NotAllowed(_("You have scored in this round; the selection is for somebody else to make."))
    return Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)


def _place(ranked: Ranked, rows: list[Ranked], round_: Round, chosen: Amounts, by: Any) -> Venture:
    mean = ranked.result.mean if ranked.result else None
    venture = ranked.venture
    if ranked.outcome == Outcome.DECLINE:
        return move(venture, "decline", by=by, score=mean, rank=ranked.rank)
    split = ranked.tied and len({r.outcome for r in rows if r.rank == ranked.rank}) > 1
    note = str(BY_COMMITTEE) if split else ""
    if ranked.outcome == Outcome.RESERVE:
        return move(venture, "keep_in_reserve", by=by, note=note, score=mean, rank=ranked.rank)
    most = most_for(venture, round_)
    if venture.pk in chosen and chosen[venture.pk] != most:
        changed = _("Amount set to %(amount)s 元 instead of %(most)s 元.") % {
            "amount": yuan(chosen[venture.pk]),
            "most": yuan(most),
        }
        note = f"{note} {changed}".strip()
    return move(venture, "propose", by=by, note=note, score=mean, rank=ranked.rank, amount=ranked.amount)


def _everyone_has_scored(rows: list[Ranked]) -> None:
    open_ = [
        ngettext(
            "%(venture)s: %(n)s expert has not submitted a score.",
            "%(venture)s: %(n)s experts have not submitted their scores.",
            sum(m.missing for m in r.scores),
        )
        % {"venture": r.venture, "n": sum(m.missing for m in r.scores)}
        for r in rows
        if r.outcome == Outcome.OPEN
    ]
    if open_:
        raise NotReady(open_)


def _amounts_are_possible(ventures: Mapping[int, Venture], round_: Round, chosen: Amounts) -> None:
    found = {}
    for pk, amount in chosen.items():
        if pk not in ventures:
            found[f"amount_{pk}"] = [_("This venture is not among those to choose from.")]
        elif sentence := amount_problem(ventures[pk], round_, amount):
            found[f"amount_{pk}"] = [sentence]
    if found:
        raise Invalid(found)


def amount_problem(venture: Venture, round_: Round, amount: Decimal) -> str | None:
    most = most_for(venture, round_)
    if amount.is_finite() and 0 < amount <= most and amount == amount.quantize(ZERO):
        return _below_smallest(venture, round_, amount)
    return _("%(venture)s: %(amount)s 元 is not between 0.01 元 and %(most)s 元 (request and cap).") % {
        "venture": venture,
        "amount": yuan(amount),
        "most": yuan(most),
    }


def _below_smallest(venture: Venture, round_: Round, amount: Decimal) -> str | None:
    if amount >= round_.min_grant:
        return None
    return _("%(venture)s: %(amount)s 元 is below the smallest grant of this round, %(least)s 元.") % {
        "venture": venture,
        "amount": yuan(amount),
        "least": yuan(round_.min_grant),
    }


def _nobody_gets_less_than_the_smallest(rows: list[Ranked], round_: Round) -> None:
    """Also of those who get what they asked for: a request may be older than the rule."""
    found = {}
    for r in rows:
        if r.outcome == Outcome.PROPOSE and r.amount is not None:
            if sentence := _below_smallest(r.venture, round_, r.amount):
                found[f"amount_{r.venture.pk}"] = [sentence]
    if found:
        raise Invalid(found)


def _no_tie_is_left(rows: list[Ranked]) -> None:
    tied = [r.venture for r in rows if r.outcome == Outcome.TIE]
    if tied:
        raise _tie(tied)


def _tie(tied: Iterable[Venture]) -> Conflict:
    return Conflict(
        _(
            "%(ventures)s are equal in everything, and the money or the places are not enough for all of them. "
            "Let the committee decide and enter the amounts of those who get one."
        )
        % {"ventures": listed(tied)}
    )


def below_the_pass_mark(venture: Venture, mean: Decimal | None, round_: Round) -> str:
    return _("%(venture)s: the score %(score)s does not reach the pass mark %(mark)s.") % {
        "venture": venture,
        "score": mean if mean is not None else "—",
        "mark": round_.pass_mark,
    }


def _chosen_are_proposed(rows: list[Ranked], round_: Round, chosen: Amounts) -> None:
    """An amount for somebody who does not come to the money is told at that amount, with the numbers."""
    proposed = [r for r in rows if r.outcome == Outcome.PROPOSE]
    left_out = [r for r in rows if r.venture.pk in chosen and r.outcome != Outcome.PROPOSE]
    before = allotment_of(round_)
    asked = before.given + sum((r.amount for r in proposed if r.amount is not None), ZERO)
    asked += sum((chosen[r.venture.pk] for r in left_out), ZERO)
    first_out = next((r for r in rows if r.outcome == Outcome.RESERVE), None)
    found = {}
    for r in left_out:
        mean = r.result.mean if r.result else None
        if r.outcome == Outcome.DECLINE:
            sentence = below_the_pass_mark(r.venture, mean, round_)
        elif asked > round_.budget:
            sentence = _("%(venture)s: the amounts would add up to %(asked)s 元, the budget is %(budget)s 元.") % {
                "venture": r.venture,
                "asked": yuan(asked),
                "budget": yuan(round_.budget),
            }
        elif before.taken + len(proposed) + len(left_out) > round_.quota:
            sentence = _("%(venture)s: these would be %(n)s ventures, the round has %(quota)s places.") % {
                "venture": r.venture,
                "n": before.taken + len(proposed) + len(left_out),
                "quota": round_.quota,
            }
        else:
            sentence = _("%(venture)s: %(first)s is ranked before it and does not fit; nobody is passed over.") % {
                "venture": r.venture,
                "first": first_out.venture if first_out else "",
            }
        found[f"amount_{r.venture.pk}"] = [sentence]
    if found:
        raise Invalid(found)


@transaction.atomic
def promote(venture: Venture, *, by: Any, amount: Decimal | None = None) -> Venture:
    """候补递补: a reserve is proposed, when a place and money have become free. `amount` (元) as in `select`; of equals
    for whom it is not enough it names whom the committee has chosen.

    Raises NotAllowed; Conflict when it is no reserve, a better-ranked one waits, equals are left to the committee, or no
    place is free; Invalid when the money that is left is not enough.
    """
    round_ = _locked(venture.round, by)
    reserves = {
        v.pk: v
        for v in round_.ventures.filter(state=State.RESERVE).order_by("rank", "number").select_for_update(of=("self",))
    }
    row = reserves.get(venture.pk)
    if row is None:
        row = Venture.objects.get(pk=venture.pk)
        raise Conflict(
            _("%(venture)s is “%(state)s”; only a reserve moves up.")
            % {"venture": row, "state": row.get_state_display()}
        )
    left = allotment_of(round_)
    _nobody_is_passed_over(row, reserves.values())
    if full := left.no_place():
        raise Conflict(full)
    given = most_for(row, round_) if amount is None else amount
    if sentence := amount_problem(row, round_, given):
        raise Invalid({"amount": [sentence]})
    line = outcomes_of(
        [Entry(v.pk, v.rank or 0, v.score or ZERO, most_for(v, round_)) for v in reserves.values()],
        budget=left.money, tracks=tracks_of(left),
        chosen={} if amount is None else {row.pk: amount},
    )  # fmt: skip
    outcome = line.outcomes[row.pk]
    if outcome == Outcome.TIE:
        raise _tie([v for v in reserves.values() if v.rank == row.rank])
    if outcome == Outcome.DECLINE:
        raise Conflict(below_the_pass_mark(row, row.score, round_))
    if sentence := left.no_money(given):
        raise Invalid({"amount": [sentence]})
    equals = [v for v in reserves.values() if v.rank == row.rank and line.outcomes[v.pk] != Outcome.PROPOSE]
    return move(
        row, "propose", by=by, note=str(BY_COMMITTEE) if equals else "", score=row.score, rank=row.rank, amount=given
    )


def _nobody_is_passed_over(row: Venture, reserves: Iterable[Venture]) -> None:
    first = next(iter(reserves))
    if (first.rank or 0) < (row.rank or 0):
        raise Conflict(
            _("%(first)s (rank %(rank)s) comes before %(venture)s; nobody is passed over.")
            % {"first": first, "rank": first.rank, "venture": row}
        )


@transaction.atomic
def release_reserves(round: Round, *, by: Any) -> int:
    """Tell the reserves that nothing becomes free any more: they are not selected. Returns how many."""
    row = _locked(round, by)
    reserves = list(row.ventures.filter(state=State.RESERVE).order_by("rank", "number"))
    for venture in reserves:
        move(venture, "decline", by=by, score=venture.score, rank=venture.rank)
    return len(reserves)
