"""A selection as JSON: `{"rule", "budget", "min_grant", "max_per_organization", "tracks": [{"id", "budget", "min_places",
"max_places", "pass_mark", "cap", "prizes": [[how many, amount]]}], "categories", "towns": [{"id", "min_places",
"max_places"}], "ventures": [{"id", "track", "category", "town", "organization", "score", "ask"}]}`; numbers are texts, amounts
in 元.

Needed are `rule`, `budget`, `tracks`, `ventures` with `id`, `track`, `score`, and `ask` where the track has no `prizes`.
Whatever else is null or not said has no limit. Of two that say the same id the second is wrong, and a track, category or
town that is not in its list; where there is no list of categories or towns, any name goes.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from common.errors import Invalid
from common.problem import CENTS, Reading
from reviews.selection import by_list
from reviews.selection.model import NOTHING, Places, Problem, Selection, Track, Venture
from reviews.selection.words import not_offered

RULES: Mapping[str, Callable[[Problem], Selection]] = {"list": by_list.select}
NOT_YET = frozenset({"best"})  # the portfolio of the greatest sum of scores

PROBLEM_KEYS = frozenset(
    {"rule", "budget", "min_grant", "tracks", "categories", "towns", "ventures", "max_per_organization"}
)
PLACES_KEYS = frozenset({"id", "min_places", "max_places"})
TRACK_KEYS = PLACES_KEYS | {"budget", "pass_mark", "cap", "prizes"}
VENTURE_KEYS = frozenset({"id", "track", "category", "town", "organization", "score", "ask"})


def read(given: Any) -> tuple[Callable[[Problem], Selection], Problem]:
    """The rule and what it is to decide. Raises Invalid, which names each place (`tracks[0].cap`) that can not be read."""
    if not isinstance(given, Mapping):
        raise Invalid(_("An object is expected here."))
    reading = _Reading()
    reading.known(given, PROBLEM_KEYS, "")
    rule = reading.rule(given)
    tracks = [reading.track(row, f"tracks[{n}]") for n, row in enumerate(reading.rows(given, "tracks"))]
    reading.apart([track.id for track in tracks], "tracks")
    labels = {name: reading.labels(given, name) for name in ("categories", "towns")}
    budget = reading.number(given, "budget", "", places=CENTS, needed=True)
    found = Problem(
        budget=NOTHING if budget is None else budget,
        tracks=tracks,
        ventures=reading.ventures(given, {track.id: track for track in tracks}, labels),
        min_grant=reading.number(given, "min_grant", "", places=CENTS) or NOTHING,
        categories=labels["categories"] or {},
        towns=labels["towns"] or {},
        max_per_organization=reading.count(given, "max_per_organization", ""),
    )
    if reading.errors or rule is None:
        raise Invalid(reading.errors)
    return rule, found


class _Reading(Reading):
    """Reads the parts of the problem."""

    def rule(self, given: Mapping[str, Any]) -> Callable[[Problem], Selection] | None:
        rule = given.get("rule")
        if isinstance(rule, str) and rule in RULES:
            return RULES[rule]
        if isinstance(rule, str) and rule in NOT_YET:
            self.wrong("rule", not_offered(rule))
        else:
            said = {"given": rule, "known": ", ".join(RULES)}
            self.wrong("rule", _("“%(given)s” is none of these: %(known)s.") % said)
        return None

    def places(self, row: Mapping[str, Any], at: str) -> Places:
        least, most = self.count(row, "min_places", at) or 0, self.count(row, "max_places", at)
        if most is not None and least > most:
            said = {"low": least, "high": most}
            self.wrong(f"{at}.min_places", _("The least, %(low)s, is above the most, %(high)s.") % said)
        return Places(least, most)

    def labels(self, given: Mapping[str, Any], of: str) -> Mapping[str, Places] | None:
        """None where no list is given."""
        if given.get(of) is None:
            return None
        found = []
        for n, row in enumerate(self.rows(given, of)):
            self.known(row, PLACES_KEYS, f"{of}[{n}]")
            found.append((self.name(row, "id", f"{of}[{n}]", needed=True) or "", self.places(row, f"{of}[{n}]")))
        self.apart([name for name, __ in found], of)
        return dict(found)

    def track(self, row: Mapping[str, Any], at: str) -> Track:
        self.known(row, TRACK_KEYS, at)
        return Track(
            id=self.name(row, "id", at, needed=True) or "",
            places=self.places(row, at),
            budget=self.number(row, "budget", at, places=CENTS),
            pass_mark=self.number(row, "pass_mark", at),
            cap=self.number(row, "cap", at, places=CENTS),
            prizes=self.prizes(row, f"{at}.prizes"),
        )

    def prizes(self, row: Mapping[str, Any], at: str) -> Sequence[tuple[int, Decimal]]:
        given = row.get("prizes") or []
        if not isinstance(given, list):
            given = [given]
        found = []
        for n, tier in enumerate(given):
            if not isinstance(tier, list) or len(tier) != 2:
                self.wrong(f"{at}[{n}]", _("Say how many and the amount of each."))
                continue
            count, amount = self.as_number(tier[0], f"{at}[{n}]", 0), self.as_number(tier[1], f"{at}[{n}]", CENTS)
            if count == 0:
                self.wrong(f"{at}[{n}]", _("An amount that nobody gets."))
            found.append((int(count or 0), amount or NOTHING))
        return tuple(found)

    def ventures(
        self,
        given: Mapping[str, Any],
        tracks: Mapping[str, Track],
        labels: Mapping[str, Mapping[str, Places] | None],
    ) -> list[Venture]:
        found = []
        for n, row in enumerate(self.rows(given, "ventures")):
            at = f"ventures[{n}]"
            self.known(row, VENTURE_KEYS, at)
            track = self.name(row, "track", at, needed=True) or ""
            category, town = self.name(row, "category", at), self.name(row, "town", at)
            for name, value, listed in (
                ("track", track or None, tracks),
                ("category", category, labels["categories"]),
                ("town", town, labels["towns"]),
            ):
                if value is not None and listed is not None and value not in listed:
                    self.wrong(f"{at}.{name}", _("“%(given)s” is not in the list.") % {"given": value})
            has_prizes = track in tracks and bool(tracks[track].prizes)
            score = self.number(row, "score", at, needed=True)
            ask = self.number(row, "ask", at, places=CENTS, needed=not has_prizes)
            found.append(
                Venture(
                    id=self.name(row, "id", at, needed=True) or "",
                    track=track,
                    score=NOTHING if score is None else score,
                    ask=NOTHING if ask is None else ask,
                    category=category,
                    town=town,
                    organization=self.name(row, "organization", at),
                )
            )
        self.apart([v.id for v in found], "ventures")
        return found
