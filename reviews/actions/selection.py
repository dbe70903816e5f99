"""After the last score: who is proposed, who stays in reserve, who is not selected."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from common.errors import Conflict, Invalid, NotAllowed, NotReady
from common.machine.door import move
from common.money import ZERO, total, yuan
from reviews.funding_line import Outcome
from reviews.models import Review
from reviews.queries import Ranked, most_for, ranking
from rounds.models import Round
from rounds.states import RoundState
from ventures.models import Venture
from ventures.states import State

Amounts = Mapping[int, Decimal]


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
    # The journal tells where people and not points have decided.
    split = ranked.tied and len({r.outcome for r in rows if r.rank == ranked.rank}) > 1
    note = _("Tied at the money line; decided by the committee.") if split else ""
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
        _("%(venture)s: %(n)s expert(s) have not submitted their score.")
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
        raise Conflict(
            _(
                "%(ventures)s are equal in everything, and the money or the places are not enough for all of them. "
                "Let the committee decide and enter the amounts of those who get one."
            )
            % {"ventures": "、".join(str(v) for v in tied)}
        )


def _chosen_are_proposed(rows: list[Ranked], round_: Round, chosen: Amounts) -> None:
    """An amount for somebody who does not come to the money is told at that amount, with the numbers."""
    proposed = [r for r in rows if r.outcome == Outcome.PROPOSE]
    left_out = [r for r in rows if r.venture.pk in chosen and r.outcome != Outcome.PROPOSE]
    asked = sum((r.amount for r in proposed if r.amount is not None), ZERO)
    asked += sum((chosen[r.venture.pk] for r in left_out), ZERO)
    first_out = next((r for r in rows if r.outcome == Outcome.RESERVE), None)
    found = {}
    for r in left_out:
        mean = r.result.mean if r.result else None
        if r.outcome == Outcome.DECLINE:
            sentence = _("%(venture)s: the score %(score)s does not reach the pass mark %(mark)s.") % {
                "venture": r.venture,
                "score": mean if mean is not None else "—",
                "mark": round_.pass_mark,
            }
        elif asked > round_.budget:
            sentence = _("%(venture)s: the amounts would add up to %(asked)s 元, the budget is %(budget)s 元.") % {
                "venture": r.venture,
                "asked": yuan(asked),
                "budget": yuan(round_.budget),
            }
        elif len(proposed) + len(left_out) > round_.quota:
            sentence = _("%(venture)s: these would be %(n)s ventures, the round has %(quota)s places.") % {
                "venture": r.venture,
                "n": len(proposed) + len(left_out),
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
    """候补递补: a reserve is proposed, when a place and money have become free. `amount` (元) as in `select`.

    Raises NotAllowed; Conflict when a better-ranked reserve waits or no place is free; Invalid when the money that is
    left is not enough.
    """
    round_ = _locked(venture.round, by)
    row = Venture.objects.get(pk=venture.pk)
    before = round_.ventures.filter(state=State.RESERVE, rank__lt=row.rank or 0).order_by("rank", "number").first()
    if row.state == State.RESERVE and before is not None:
        raise Conflict(
            _("%(first)s (rank %(rank)s) comes before %(venture)s; nobody is passed over.")
            % {"first": before, "rank": before.rank, "venture": row}
        )
    amount = most_for(row, round_) if amount is None else amount
    if sentence := amount_problem(row, round_, amount):
        raise Invalid({"amount": [sentence]})
    given = round_.ventures.exclude(awarded=None).aggregate(sum=total("awarded"), n=Count("pk"))
    if row.state == State.RESERVE and given["n"] >= round_.quota:
        raise Conflict(_("All %(quota)s places of %(round)s are taken.") % {"quota": round_.quota, "round": round_})
    if given["sum"] + amount > round_.budget:
        raise Invalid(
            {
                "amount": [
                    _("%(amount)s 元 is more than what is left: %(given)s 元 of %(budget)s 元 are given.")
                    % {
                        "amount": yuan(amount),
                        "given": yuan(given["sum"]),
                        "budget": yuan(round_.budget),
                    }
                ]
            }
        )
    return move(venture, "propose", by=by, score=row.score, rank=row.rank, amount=amount)


@transaction.atomic
def release_reserves(round: Round, *, by: Any) -> int:
    """Tell the reserves that nothing becomes free any more: they are not selected. Returns how many."""
    row = _locked(round, by)
    reserves = list(row.ventures.filter(state=State.RESERVE).order_by("rank", "number"))
    for venture in reserves:
        move(venture, "decline", by=by, score=venture.score, rank=venture.rank)
    return len(reserves)
