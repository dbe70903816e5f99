"""How an organization stands on a day."""

from datetime import date

import pytest

from common.clock import now
from organizations.models import AnnualInspection, Ban, CreditListing, PartyMark, Rating
from organizations.queries import standing, standings
from tests.factories import an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
DAY = date(2020, 6, 30)


def seen(**fields):
    return {"checked_at": now(), "checked_by": "初审员", **fields}


def test_nothing_on_record_is_told_as_such():
    s = standing(an_organization(bank_account="", founded_on=None), DAY)
    assert (s.inspection.value, s.rating.value, s.listings.value, s.bans.value) == (None, None, (), ())
    assert s.years.value is None and s.is_verified.value is False and s.has_account.value is False
    assert all(
        fact.evidence for fact in (s.inspection, s.rating, s.listings, s.bans, s.marks, s.years, s.kind, s.place)
    )


@pytest.mark.parametrize(
    ("founded", "years"),
    [(date(2018, 6, 30), 2), (date(2018, 7, 1), 1), (date(2020, 6, 30), 0), (date(2016, 2, 29), 4)],
)
def test_years_are_whole_years(founded, years):
    assert standing(an_organization(founded_on=founded), DAY).years.value == years


def test_the_latest_inspection_that_was_concluded_by_the_day_counts():
    o = an_organization()
    AnnualInspection.objects.create(organization=o, year=2018, conclusion="passed", **seen(decided_on=date(2019, 5, 1)))
    AnnualInspection.objects.create(organization=o, year=2019, conclusion="failed", decided_on=date(2020, 8, 1))
    assert standing(o, DAY).inspection.value.year == 2018
    later = standing(o, date(2020, 8, 1)).inspection
    assert (later.value.conclusion, later.value.is_checked) == ("failed", False)


def test_a_rating_counts_within_its_validity_both_days_included():
    o = an_organization()
    Rating.objects.create(organization=o, grade=4, awarded_on=date(2015, 7, 1), valid_until=DAY)
    assert standing(o, DAY).rating.value.grade == 4
    assert standing(o, date(2015, 7, 1)).rating.value.grade == 4
    for day in (date(2015, 6, 30), date(2020, 7, 1)):
        assert standing(o, day).rating.value is None


def test_a_later_rating_replaces_a_better_one():
    o = an_organization()
    Rating.objects.create(organization=o, grade=5, awarded_on=date(2016, 7, 1), valid_until=date(2021, 6, 30))
    Rating.objects.create(organization=o, grade=3, awarded_on=date(2019, 7, 1), valid_until=date(2024, 6, 30))
    assert standing(o, DAY).rating.value.grade == 3


def test_a_listing_is_open_until_the_day_on_which_it_is_removed():
    o = an_organization()
    CreditListing.objects.create(
        organization=o, kind="abnormal", ground="未报年报", listed_on=date(2020, 1, 1), removed_on=DAY
    )
    assert standing(o, date(2020, 6, 29)).listings.value == ("abnormal",)
    assert standing(o, DAY).listings.value == ()


def test_a_ban_covers_its_first_and_last_day():
    o = an_organization()
    Ban.objects.create(organization=o, reason="项目终止", source="HC2019-001", from_on=date(2019, 7, 1), until_on=DAY)
    s = standing(o, DAY)
    assert s.bans.value == (DAY,) and "HC2019-001" in s.bans.evidence
    assert standing(o, date(2020, 7, 1)).bans.value == ()


def test_what_is_struck_out_does_not_count():
    o = an_organization()
    struck = {"struck_at": now(), "struck_by": "初审员", "struck_note": "录错"}
    AnnualInspection.objects.create(organization=o, year=2019, conclusion="passed", **struck)
    Ban.objects.create(organization=o, reason="x", from_on=date(2020, 1, 1), until_on=date(2021, 1, 1), **struck)
    PartyMark.objects.create(organization=o, kind="rating", done_on=date(2020, 1, 1), **struck)
    s = standing(o, DAY)
    assert s.inspection.value is None and s.bans.value == () and s.marks.value == {}


def test_a_group_brings_the_standing_of_its_host():
    host = an_organization(founded_on=date(2010, 1, 1))
    AnnualInspection.objects.create(organization=host, year=2019, conclusion="passed", **seen())
    group = an_organization(credit_code="", host=host, hosting="asked")
    s = standing(group, DAY)
    assert s.inspection.value is None and s.host_agrees.value is False
    assert s.host is not None and s.host.inspection.value.conclusion == "passed" and s.host.host is None


@pytest.mark.parametrize("n", [1, 3])
def test_many_cost_the_queries_of_one(django_assert_num_queries, n):
    host = an_organization()
    rows = [an_organization(credit_code="", host=host, hosting="agreed") for __ in range(n)]
    for row in rows:
        AnnualInspection.objects.create(organization=row, year=2019, conclusion="passed")
    with django_assert_num_queries(9):
        found = standings(rows, DAY)
    assert set(found) == {r.pk for r in rows}
