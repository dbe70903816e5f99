"""A reference for the rule `list`, written apart: nothing is counted along the way, each question is put to the whole list of
who has something. And random rounds to hold it against."""

import random
from decimal import Decimal
from typing import Any


def by_hand(problem: dict[str, Any]) -> dict[str, Any]:
    tracks = {t["id"]: t for t in problem["tracks"]}
    places = {of: {row["id"]: row for row in problem.get(of, [])} for of in ("categories", "towns")}
    steps = {t: [a for n, amount in track["prizes"] for a in [amount] * n] for t, track in tracks.items()}
    given: list[tuple[Any, Decimal]] = []
    reserve, declined, tied, ended = [], [], [], set()

    def have(**asked: Any) -> list[Any]:
        return [v for v, __ in given if all(v.get(k) == x for k, x in asked.items())]

    def prizes_ahead(track: str) -> list[str]:
        return [] if track in ended else steps[track][len(have(track=track)) :]

    def worth(v: Any) -> Decimal:
        if steps[v["track"]]:
            return Decimal((prizes_ahead(v["track"]) or ["0"])[0])
        cap = tracks[v["track"]]["cap"]
        return Decimal(v["ask"]) if cap is None else min(Decimal(v["ask"]), Decimal(cap))

    def below(v: Any) -> bool:
        mark = tracks[v["track"]]["pass_mark"]
        priced = not steps[v["track"]] or prizes_ahead(v["track"])
        return bool(
            (mark and Decimal(v["score"]) < Decimal(mark)) or (priced and worth(v) < Decimal(problem["min_grant"]))
        )

    def crowded(others: list[Any]) -> bool:
        """A label of theirs would have more than its most."""
        for v in others:
            for of, key in (("categories", "category"), ("towns", "town")):
                row = places[of].get(v.get(key))
                if row and row["max_places"] is not None:
                    same = [o for o in others if o.get(key) == v.get(key)]
                    if len(have(**{key: v[key]})) + len(same) > row["max_places"]:
                        return True
            most = problem["max_per_organization"]
            same = [o for o in others if o["organization"] == v["organization"]]
            if most is not None and len(have(organization=v["organization"])) + len(same) > most:
                return True
        return False

    def track_holds(others: list[Any]) -> bool:
        """All of one track."""
        track = tracks[others[0]["track"]]
        total = sum(a for v, a in given if v["track"] == track["id"]) + sum(map(worth, others))
        ahead = prizes_ahead(track["id"])[: len(others)]
        return (
            (track["max_places"] is None or len(have(track=track["id"])) + len(others) <= track["max_places"])
            and (track["budget"] is None or total <= Decimal(track["budget"]))
            and (not steps[track["id"]] or (len(ahead) == len(others) and len(set(map(Decimal, ahead))) == 1))
        )

    def common_holds(others: list[Any]) -> bool:
        return sum(a for __, a in given) + sum(map(worth, others)) <= Decimal(problem["budget"])

    def could(v: Any) -> bool:
        return track_holds([v]) and common_holds([v]) and not crowded([v])

    def without_the_decided(equals: list[Any]) -> list[Any]:
        left = []
        for v in equals:
            if v["id"] in reserve or v["id"] in declined:
                continue
            if below(v):
                declined.append(v["id"])
            elif v["track"] in ended or crowded([v]):
                reserve.append(v["id"])
            else:
                left.append(v)
        return left

    def end(equals: list[Any]) -> None:
        reserve.extend(v["id"] for v in equals)
        ended.update(v["track"] for v in equals)

    order = {v["id"]: (-Decimal(v["score"]), list(tracks).index(v["track"])) for v in problem["ventures"]}
    for score in sorted({-s for s, __ in order.values()}, reverse=True):
        equals = without_the_decided([v for v in problem["ventures"] if Decimal(v["score"]) == score])
        rivals = [v for v in equals if track_holds([v])]
        if len({v["track"] for v in rivals}) > 1 and not common_holds(rivals):
            all_of_theirs = [v for v in equals if v["track"] in {r["track"] for r in rivals}]
            if any(map(could, all_of_theirs)):
                tied = [v["id"] for v in all_of_theirs]
                break
            end(all_of_theirs)
        for track in tracks:
            group = without_the_decided([v for v in equals if v["track"] == track])
            if not group:
                continue
            if track_holds(group) and common_holds(group) and not crowded(group):
                given.extend([(v, worth(v)) for v in group])
            elif any(map(could, group)):
                tied = [v["id"] for v in group]
                break
            else:
                end(group)
        if tied:
            break

    def best_first(ids: Any) -> list[str]:
        return sorted([v["id"] for v in problem["ventures"] if v["id"] in ids], key=lambda i: order[i])

    amounts = {v["id"]: f"{a:.2f}" for v, a in given}
    total = sum((a for __, a in given), Decimal(0))
    value = sum((Decimal(v["score"]) for v, __ in given), Decimal(0))
    found = {
        "status": "tie" if tied else "optimal",
        "proposed": [[i, amounts[i]] for i in best_first(amounts)],
        "reserve": best_first(reserve),
        "declined": best_first(declined),
        "total": f"{total:.2f}",
        "value": f"{value:.2f}",
        "bound": f"{value:.2f}",
    }
    if tied:
        return found | {"tied": best_first(tied), "short": []}
    short = [f"tracks.{t}" for t in tracks if len(have(track=t)) < tracks[t]["min_places"]]
    for of, key in (("categories", "category"), ("towns", "town")):
        short += [f"{of}.{n}" for n, row in places[of].items() if len(have(**{key: n})) < row["min_places"]]
    return found | {"short": short}


def a_problem(chance: random.Random) -> dict[str, Any]:
    def maybe(share: float, value: Any) -> Any:
        return value if chance.random() < share else None

    def some_places(most: int) -> dict[str, Any]:
        low, high = sorted(chance.choices(range(most), k=2))
        return {"min_places": low if chance.random() < 0.3 else 0, "max_places": maybe(0.6, high)}

    amounts = ["500", "1000.50", "2000", "3000", "5000", "8000"]
    tracks = []
    for name in "abc"[: chance.randrange(1, 4)]:
        tiers = [[chance.randrange(1, 4), chance.choice(amounts)] for __ in range(chance.randrange(1, 4))]
        tracks.append(
            some_places(7)
            | {
                "id": name,
                "budget": maybe(0.4, f"{chance.randrange(20) * 1000}"),
                "pass_mark": maybe(0.6, chance.choice(["60", "70.5"])),
                "cap": maybe(0.5, chance.choice(["2000", "4000"])),
                "prizes": tiers if chance.random() < 0.3 else [],
            }
        )
    scores = chance.sample(["92", "88.25", "85", "80", "78.5", "70.5", "70.49", "60", "59.99"], chance.randrange(4, 10))
    problem = {
        "rule": "list",
        "budget": f"{chance.randrange(4, 40) * 1000}",
        "min_grant": chance.choice(["0", "0", "1000", "1000.51"]),
        "tracks": tracks,
        "categories": [{"id": f"c{n}"} | some_places(6) for n in range(3)],
        "ventures": [
            {
                "id": f"v{n}",
                "track": chance.choice(tracks)["id"],
                "category": f"c{chance.randrange(3)}",
                "organization": f"o{chance.randrange(8)}",
                "score": chance.choice(scores),
                "ask": chance.choice(amounts),
            }
            for n in range(chance.randrange(13))
        ],
        "max_per_organization": maybe(0.5, chance.randrange(1, 3)),
    }
    if chance.random() < 0.4:
        problem["towns"] = [{"id": f"t{n}"} | some_places(6) for n in range(2)]
        for v in problem["ventures"]:
            v["town"] = f"t{chance.randrange(2)}"
    return problem
