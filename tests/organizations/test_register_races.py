"""What two do to one entry of the register at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from common.errors import DomainError
from common.models import JournalEntry
from organizations import actions
from organizations.models import AnnualInspection, Organization
from tests.factories import a_credit_code, a_place, a_user, an_applicant, an_organization
from tests.waiting import DEADLINE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]
THREADS = 6


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What became of each: its result or the domain error."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=DEADLINE)
            return act()
        except DomainError as e:
            return e
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused(outcomes: list[Any]) -> list[DomainError]:
    return [o for o in outcomes if isinstance(o, DomainError)]


def test_of_many_who_register_one_code_at_once_one_does_and_the_others_are_told_at_the_field() -> None:
    place, code = a_place(), a_credit_code(888_001)
    people = [a_user() for __ in range(THREADS)]

    def register(n: int) -> Callable[[], Any]:
        return lambda: actions.register(
            by=people[n], name=f"同码组织{n}", credit_code=code, management="territorial", place=place
        )

    outcomes = at_once(*(register(n) for n in range(THREADS)))
    assert Organization.objects.filter(credit_code=code).count() == 1
    assert [list(e.fields) for e in refused(outcomes)] == [["credit_code"]] * (THREADS - 1)  # type: ignore[attr-defined]


def test_of_clerks_who_verify_at_once_one_does_and_the_others_learn_who() -> None:
    organization = an_organization()
    clerks = [a_user("clerk", name=f"初审员{n}") for n in range(THREADS)]
    seen = [Organization.objects.get(pk=organization.pk) for __ in clerks]
    outcomes = at_once(*(lambda n=n: actions.verify(seen[n], by=clerks[n]) for n in range(THREADS)))
    entries = JournalEntry.objects.filter(verb="verify_organization")
    assert entries.count() == 1
    assert all(entries.get().by_name in str(e) for e in refused(outcomes)) and len(refused(outcomes)) == THREADS - 1


def test_of_editors_who_save_at_once_one_does() -> None:
    user, organization = an_applicant()
    seen = [Organization.objects.get(pk=organization.pk) for __ in range(THREADS)]
    outcomes = at_once(*(lambda n=n: actions.edit(seen[n], by=user, address=f"{n}号") for n in range(THREADS)))
    assert len(refused(outcomes)) == THREADS - 1
    assert Organization.objects.get(pk=organization.pk).version == 2


def test_of_clerks_who_enter_one_inspection_at_once_one_does() -> None:
    organization = an_organization()
    clerks = [a_user("clerk") for __ in range(THREADS)]

    def enter(n: int) -> Callable[[], Any]:
        row = AnnualInspection(organization=organization, year=2019, conclusion="passed")
        return lambda: actions.enter(row, by=clerks[n])

    outcomes = at_once(*(enter(n) for n in range(THREADS)))
    assert AnnualInspection.objects.count() == 1 and len(refused(outcomes)) == THREADS - 1


def test_of_clerks_who_strike_out_one_record_at_once_one_does() -> None:
    organization = an_organization()
    row = AnnualInspection.objects.create(organization=organization, year=2019, conclusion="passed")
    clerks = [a_user("clerk") for __ in range(THREADS)]
    seen = [AnnualInspection.objects.get(pk=row.pk) for __ in clerks]
    outcomes = at_once(*(lambda n=n: actions.strike(seen[n], by=clerks[n], note="录错") for n in range(THREADS)))
    assert len(refused(outcomes)) == THREADS - 1
    assert JournalEntry.objects.filter(verb="strike_record").count() == 1
