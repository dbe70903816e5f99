"""The rule `list`: down the list, nobody passed over for a smaller request. Pure: no Django, nothing rounded. Source: domain
notes, section 3, and the rounds that the product was held against (tracks, own pools, amounts by rank).

All ventures by score, best first; those of one score in the order of the tracks. Each is asked in this order, and the first
that is true decides:

1. Below the track's pass mark, or its amount below the smallest grant: declined, also behind the end of its track. Its
   amount is the lower of ask and cap; in a track with prizes the next prize, and when they are used up none.
2. Its track has ended: reserve.
3. Its category or town is full, or its organization has its number: reserve. This says nothing of the money, so it comes
   before it: the track goes on, no place and no prize is used up.
4. Place, prize, own pool and common budget hold it: proposed. Prizes are used up by who gets one.
5. Else it is a reserve and its track ends there, the other tracks go on.

Equals of a track are those of one score (and one `rank`, where tie-breaks have ordered a score) who come to 4. Together
they fit, or none of them alone does, or they are a tie: some alone would fit. Equals with two different prizes ahead are a
tie as well; two tiers of one amount make no edge. Equals of several tracks, those whom their track could hold alone and
with what they would get alone, are a tie when the common budget holds some of them and not all together. What two tracks
want of one category, town or organization goes by the order of the tracks.

A tie is the end: what is behind it is in no list. Who has the tied score and is decided by 1 to 3 is not tied. A committee
decides by `chosen` amounts: of the equals those named get it, if it holds them, and else none; the others are reserve, and
their track ends (not when only 3 is in their way).

Least places do not count here; those not met are told at the end, when nothing is tied.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reviews.selection.model import NOTHING, Of, Problem, Reason, Selection, Shortfall, Track, Venture, Why

Label = tuple[Why, str]  # what it is counted for, and the id


def select(problem: Problem) -> Selection:
    """Every venture of the problem in one list, unless there is a tie."""
    return _Walk(problem).to_the_end()


@dataclass
class _Place:
    """How far a track is."""

    track: Track
    taken: int = 0
    given: Decimal = NOTHING
    ended_at: str | None = None


class _Walk:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.left = problem.budget
        self.at = {track.id: _Place(track) for track in problem.tracks}
        self.taken: Counter[Label] = Counter()
        self.found = Selection()

    def to_the_end(self) -> Selection:
        ordered = list(self._levels())
        for level in ordered:
            self._level(level)
            if self.found.tied:
                break
        else:
            self.found.short = list(self._shortfalls())
        place = {venture.id: n for n, venture in enumerate(v for level in ordered for v in level)}
        for found in (self.found.reserve, self.found.declined, self.found.tied):
            found.sort(key=place.__getitem__)
        self.found.proposed = {i: self.found.proposed[i] for i in sorted(self.found.proposed, key=place.__getitem__)}
        return self.found

    def _levels(self) -> Iterator[list[Venture]]:
        """Who is compared with each other: one score, of each track the equals whose turn it is, in the order of the tracks."""
        nth = {track.id: n for n, track in enumerate(self.problem.tracks)}
        ranks: dict[tuple[str, Decimal], set[int]] = {}
        for v in self.problem.ventures:
            ranks.setdefault((v.track, v.score), set()).add(v.rank)
        turn = {(*key, rank): n for key, found in ranks.items() for n, rank in enumerate(sorted(found))}
        ordered = sorted(self.problem.ventures, key=lambda v: (turn[v.track, v.score, v.rank], nth[v.track]))
        ordered.sort(key=lambda v: v.score, reverse=True)
        for __, level in groupby(ordered, key=lambda v: (v.score, turn[v.track, v.score, v.rank])):
            yield list(level)

    def _level(self, level: Sequence[Venture]) -> None:
        waiting = self._still_open(level)
        rivals = [v for v in waiting if self._not_held_by_track([v]) is None]
        tracks = {v.track for v in rivals}
        if len(tracks) > 1 and self._sum(rivals) > self.left:
            self._compete([v for v in waiting if v.track in tracks], Why.TIE_OF_TRACKS)
        for __, equals in groupby(waiting, key=lambda v: v.track):
            if self.found.tied:
                return
            if group := self._still_open(equals):
                self._turn(group)

    def _turn(self, equals: Sequence[Venture]) -> None:
        refusal = self._not_held(equals)
        if refusal is None:
            self._propose(equals)
        else:
            self._compete(equals, Why.TIE_AT_PRIZES if refusal.why == Why.TIE_AT_PRIZES else Why.TIE)

    def _compete(self, equals: Sequence[Venture], tie: Why) -> None:
        """Not all of them can be given theirs: some by the committee's choice, none, or nobody knows yet."""
        named = [v for v in equals if v.chosen is not None]
        alone = {v.id: self._not_held([v]) for v in equals}
        if named and self._not_held(named) is None:
            self._propose(named)
            for v in self._still_open(v for v in equals if v.chosen is None):
                self._end_at(v, Reason(Why.NOT_CHOSEN, {"score": v.score}))
        elif named or all(alone.values()):
            for v in equals:
                self._end_at(v, alone[v.id] or Reason(Why.NOT_TOGETHER, {"score": v.score}))
        else:
            self.found.tied = [v.id for v in equals]
            for v in equals:
                self.found.reasons[v.id] = Reason(tie, {"score": v.score, "n": len(equals)})

    # --- What is decided ----------------------------------------------------------------------------------------------

    def _still_open(self, equals: Iterable[Venture]) -> list[Venture]:
        """Those whom only place and money decide; the others are put where they belong."""
        return [v for v in equals if v.id not in self.found.reasons and not self._is_settled(v)]

    def _is_settled(self, v: Venture) -> bool:
        at = self.at[v.track]
        amount, mark = self._amount(v), at.track.pass_mark
        if mark is not None and v.score < mark:
            self._put(self.found.declined, v, Reason(Why.BELOW_MARK, {"score": v.score, "mark": mark}))
        elif amount is not None and amount < self.problem.min_grant:
            said = {"amount": amount, "least": self.problem.min_grant}
            self._put(self.found.declined, v, Reason(Why.BELOW_GRANT, said))
        elif at.ended_at is not None:
            self._put(self.found.reserve, v, Reason(Why.ENDED, {"track": v.track, "at": at.ended_at}))
        elif full := self._full([v]):
            self._put(self.found.reserve, v, full)
        else:
            return False
        return True

    def _put(self, where: list[str], v: Venture, reason: Reason) -> None:
        where.append(v.id)
        self.found.reasons[v.id] = reason

    def _end_at(self, v: Venture, reason: Reason) -> None:
        at = self.at[v.track]
        at.ended_at = at.ended_at or v.id
        self._put(self.found.reserve, v, reason)

    def _propose(self, equals: Iterable[Venture]) -> None:
        for v in equals:
            at, amount = self.at[v.track], self._asked(v)
            said = {"amount": amount, "rank": at.taken + 1, "track": v.track}
            if v.chosen is not None:
                why = Why.CHOSEN
            elif at.track.prizes:
                why = Why.PRIZE
            else:
                why = Why.ASKED if amount == v.ask else Why.CAPPED
            self.found.proposed[v.id] = amount
            self.found.reasons[v.id] = Reason(why, said)
            at.taken, at.given, self.left = at.taken + 1, at.given + amount, self.left - amount
            self.taken.update(_labels(v))

    # --- What holds a venture, or several together --------------------------------------------------------------------

    def _amount(self, v: Venture) -> Decimal | None:
        """What it would get now; None where the prizes are used up."""
        at = self.at[v.track]
        if v.chosen is not None:
            return v.chosen
        if at.track.prizes:
            return at.track.prize_at(at.taken)
        return v.ask if at.track.cap is None else min(v.ask, at.track.cap)

    def _asked(self, v: Venture) -> Decimal:
        return self._amount(v) or NOTHING

    def _sum(self, equals: Iterable[Venture]) -> Decimal:
        return sum(map(self._asked, equals), NOTHING)

    def _not_held(self, equals: Sequence[Venture]) -> Reason | None:
        """Why they can not be given theirs together; None when they can."""
        for __, group in groupby(equals, key=lambda v: v.track):
            if refusal := self._not_held_by_track(list(group)):
                return refusal
        if (amount := self._sum(equals)) > self.left:
            return Reason(Why.NO_BUDGET, {"amount": amount, "left": self.left})
        return self._full(equals)

    def _not_held_by_track(self, equals: Sequence[Venture]) -> Reason | None:
        at = self.at[equals[0].track]
        track, most = at.track, at.track.places.most
        if most is not None and at.taken + len(equals) > most:
            return Reason(Why.NO_PLACE, {"track": track.id, "places": most})
        if track.prizes:
            ahead = {track.prize_at(at.taken + n) for n in range(len(equals))}
            if None in ahead:
                return Reason(Why.NO_PRIZE, {"track": track.id, "places": sum(count for count, __ in track.prizes)})
            if len(ahead) > 1 and any(v.chosen is None for v in equals):
                return Reason(Why.TIE_AT_PRIZES, {})
        amount = self._sum(equals)
        if track.budget is not None and at.given + amount > track.budget:
            return Reason(Why.NO_POOL, {"track": track.id, "amount": amount, "left": track.budget - at.given})
        return None

    def _full(self, equals: Iterable[Venture]) -> Reason | None:
        """The first of their categories, towns and organizations that has no place for all of them."""
        for label, n in Counter(label for v in equals for label in _labels(v)).items():
            most = self._most(label)
            if most is not None and self.taken[label] + n > most:
                return Reason(label[0], {"name": label[1], "places": most})
        return None

    def _most(self, label: Label) -> int | None:
        of, name = label
        if of == Why.ORGANIZATION:
            return self.problem.max_per_organization
        places = (self.problem.categories if of == Why.CATEGORY else self.problem.towns).get(name)
        return places.most if places else None

    def _shortfalls(self) -> Iterator[Shortfall]:
        for at in self.at.values():
            if at.taken < at.track.places.least:
                yield Shortfall(Of.TRACKS, at.track.id, at.track.places.least, at.taken)
        for of, why, limits in (
            (Of.CATEGORIES, Why.CATEGORY, self.problem.categories),
            (Of.TOWNS, Why.TOWN, self.problem.towns),
        ):
            for name, places in limits.items():
                if (taken := self.taken[why, name]) < places.least:
                    yield Shortfall(of, name, places.least, taken)


def _labels(v: Venture) -> Iterator[Label]:
    """What else than its track it counts for."""
    for why, name in ((Why.CATEGORY, v.category), (Why.TOWN, v.town), (Why.ORGANIZATION, v.organization)):
        if name is not None:
            yield why, name
