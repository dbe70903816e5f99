"""Inspections, ratings, credit lists, bans, party marks, stays on platforms: entered, corrected, struck out, never gone."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from common.clock import today
from common.errors import Conflict, Invalid, NotAllowed
from common.models import JournalEntry
from organizations import actions
from organizations.models import AnnualInspection, Ban, CreditListing, Incubation, PartyMark, Rating
from tests.factories import a_platform, a_user, an_applicant, an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def clerk():
    return a_user(Role.CLERK)


def an_inspection(organization, **fields):
    return AnnualInspection(organization=organization, **{"year": 2019, "conclusion": "passed", **fields})


def test_what_a_clerk_enters_is_checked_and_what_an_applicant_declares_is_not(clerk):
    user, organization = an_applicant()
    assert actions.enter(an_inspection(organization), by=clerk).is_checked
    declared = actions.enter(an_inspection(organization, year=2018), by=user)
    assert not declared.is_checked
    assert actions.check(declared, by=clerk).is_checked
    with pytest.raises(Conflict):
        actions.check(declared, by=clerk)


@pytest.mark.parametrize(
    "row",
    [
        lambda o: CreditListing(organization=o, kind="abnormal", ground="未报年报", listed_on=date(2020, 1, 1)),
        lambda o: Ban(organization=o, reason="终止", from_on=date(2020, 1, 1), until_on=date(2021, 1, 1)),
        lambda o: PartyMark(organization=o, kind="rating", done_on=date(2020, 1, 1)),
    ],
)
def test_an_applicant_declares_inspections_and_ratings_only(row):
    user, organization = an_applicant()
    with pytest.raises(NotAllowed):
        actions.enter(row(organization), by=user)


def test_nobody_declares_for_another_organization():
    with pytest.raises(NotAllowed):
        actions.enter(an_inspection(an_organization()), by=an_applicant()[0])


def test_a_checked_record_is_corrected_by_a_clerk_and_the_journal_keeps_both(clerk):
    user, organization = an_applicant()
    row = actions.enter(an_inspection(organization), by=clerk)
    with pytest.raises(Conflict):
        actions.correct(row, by=user, conclusion="failed")
    actions.correct(row, by=clerk, conclusion="basically")
    note = JournalEntry.objects.of(organization).last().note
    assert " → " in note and note.count("2019") == 2


def test_a_record_that_is_struck_out_stays_and_makes_room(clerk):
    organization = an_organization()
    row = actions.enter(an_inspection(organization), by=clerk)
    with pytest.raises(Invalid):
        actions.enter(an_inspection(organization), by=clerk)
    with pytest.raises(Invalid):
        actions.strike(row, by=clerk, note=" ")
    actions.strike(row, by=clerk, note="录错单位")
    with pytest.raises(Conflict):
        actions.correct(row, by=clerk, conclusion="failed")
    actions.enter(an_inspection(organization), by=clerk)
    assert AnnualInspection.objects.filter(organization=organization).count() == 2


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (lambda o: an_inspection(o, year=1889), "year"),
        (lambda o: an_inspection(o, year=today().year + 1), "year"),
        (lambda o: Rating(organization=o, grade=6, awarded_on=date(2019, 1, 1), valid_until=date(2024, 1, 1)), "grade"),
        (lambda o: Rating(organization=o, grade=3, awarded_on=date(2019, 1, 1), valid_until=date(2018, 1, 1)), ""),
        (lambda o: CreditListing(organization=o, kind="abnormal", ground="", listed_on=date(2020, 1, 1)), "ground"),
        (lambda o: Ban(organization=o, reason="x", from_on=date(2020, 1, 1), until_on=date(2019, 1, 1)), ""),
        (lambda o: PartyMark(organization=o, kind="rating", done_on=today() + timedelta(1)), "done_on"),
    ],
)
def test_what_can_not_be_is_refused_at_the_field(clerk, row, field):
    with pytest.raises(Invalid) as refused:
        actions.enter(row(an_organization()), by=clerk)
    assert field in refused.value.fields


@pytest.mark.parametrize("role", [Role.FINANCE, Role.OPERATOR, Role.SUPERVISOR, Role.EXPERT, Role.ADMIN])
def test_other_roles_keep_no_records(role, clerk):
    organization = an_organization()
    row = actions.enter(an_inspection(organization), by=clerk)
    user = a_user(role)
    for act in (
        lambda: actions.enter(an_inspection(organization, year=2018), by=user),
        lambda: actions.correct(row, by=user, conclusion="failed"),
        lambda: actions.check(row, by=user),
        lambda: actions.strike(row, by=user, note="x"),
        lambda: actions.enter_platform(organization, by=user, platform=a_platform(), entered_on=date(2020, 1, 1)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_organization_enters_a_platform_once_and_leaves_it(clerk):
    organization, platform = an_organization(), a_platform()
    stay = actions.enter_platform(organization, by=clerk, platform=platform, entered_on=date(2019, 4, 1))
    with pytest.raises(Conflict):
        actions.enter_platform(organization, by=clerk, platform=platform, entered_on=date(2020, 4, 1))
    for day in (date(2019, 3, 1), today() + timedelta(1)):
        with pytest.raises(Invalid):
            actions.graduate(stay, by=clerk, graduated_on=day)
    actions.graduate(stay, by=clerk, graduated_on=date(2020, 11, 30))
    with pytest.raises(Conflict):
        actions.graduate(stay, by=clerk, graduated_on=date(2020, 11, 30))
    assert actions.enter_platform(organization, by=clerk, platform=platform, entered_on=date(2020, 12, 1))
    assert Incubation.objects.count() == 2
