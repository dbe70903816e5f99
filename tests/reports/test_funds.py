"""The tables tell the sources of a round apart."""

from decimal import Decimal

import pytest

from reports.audience import Audience
from reports.queries.scope import scope_of
from reports.sheets import money, projects
from rounds.models import FundSource, Round
from tests.factories import a_round, moment

pytestmark = pytest.mark.django_db
DAY = moment("2026-12-31 12:00").date()


def notes(round_: Round) -> list[str]:
    scope = scope_of(round_, round_.platform, DAY, Audience.OFFICE)
    found = {tuple(sheet.notes) for build in (money.build, projects.build) for sheet in build(scope)}
    (same,) = found
    return list(same)


def test_the_tables_of_payments_and_ventures_tell_the_sources_and_the_running_costs() -> None:
    """淄博 2020: 60 万 of which 10 万 are for running the round."""
    round_ = a_round()
    source = {"round": round_, "kind": "lottery"}
    FundSource.objects.create(
        **source, ordinal=1, name="市级福彩公益金", amount=Decimal("600000.00"), running_costs=Decimal("100000.00")
    )
    assert notes(round_)[0] == "注：1.资金来源：福彩公益金（市级福彩公益金）600,000.00元，其中工作经费100,000.00元。"


def test_a_round_that_names_no_source_has_no_such_note() -> None:
    assert not any("资金来源" in note for note in notes(a_round()))
