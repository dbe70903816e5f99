"""Each sheet costs the same number of queries for one venture as for three."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.audience import Audience
from reports.queries import closures, incubations, marks, payments, projects, scope_of
from tests.reports.data import AS_OF, D, World, finish, panel, pay, score, spend, venture
from ventures.states import State

pytestmark = pytest.mark.engines


def fill(world: World, count: int) -> None:
    panel(world, 5)
    for n in range(1, count + 1):
        made = venture(world, n, State.CLOSED, awarded=D(40000))
        score(world, made, recused=1, of=5)
        spend(pay(made, D(40000), 3), D(1000))
        finish(made, n, closed=True)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("read", "queries"), [(projects, 1), (marks, 5), (payments, 4), (closures, 7), (incubations, 3)]
)
def test_a_sheet_needs_a_fixed_number_of_queries(empty: World, read: Any, queries: int, count: int) -> None:
    fill(empty, count)
    scope = scope_of(empty.round, empty.city, AS_OF, Audience.REVIEW)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        rows = read(scope)
    assert len(captured) == queries, [q["sql"][:120] for q in captured]
    assert rows


def test_a_platform_counts_what_happened_in_the_period(world: World) -> None:
    rows = {r["name"]: r for r in incubations(scope_of(world.round, world.city, AS_OF, Audience.REVIEW))}
    town = rows["钟埭街道社会组织服务中心"]
    assert (town["present"], town["entered"], town["graduated"], town["ever"]) == (0, 0, 1, 1)
    assert (town["ventures"], town["granted"]) == (1, D("45400.05"))
    assert rows["徐埭社区社会组织微孵化点"]["town"] == "林埭镇"


def test_every_state_has_its_word_on_the_forms() -> None:
    from organizations.models import Tier
    from reports.sheets.labels import SHOWN_AS, STATE, TIER
    from showcases.models import Exhibit

    assert set(STATE) == set(State) and all(STATE.values())
    assert set(SHOWN_AS) - {"", "waived"} == set(Exhibit.Form.values)
    assert set(TIER) == set(Tier.values)
