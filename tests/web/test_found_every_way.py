"""What is stored one way is found every way: a phone, a code, the number of a venture, a voucher, an agreement, however who
looks for it writes them."""

import pytest
from django.urls import reverse

from accounts.models import Role
from common import clock, search
from organizations.models import Organization
from organizations.search_index import KIND
from tests.factories import a_user, a_venture, an_organization
from tests.funding.steps import NOW, make_world, pay, signed
from tests.web.desk_world import body, signed_in
from tests.web.spellings import spellings
from ventures.states import State

pytestmark = pytest.mark.django_db

PHONE, LANDLINE = "13812345678", "0573-85012345"


def ways(name: str, good: str) -> list[str]:
    return [good, *spellings(name, good)]


@pytest.mark.engines
def test_an_organization_is_found_by_its_phone_and_code_however_they_are_written():
    found, other = an_organization(phone=PHONE), an_organization(phone=LANDLINE)
    search.index_many(KIND, [found.pk, other.pk])
    clerk = signed_in(a_user(Role.CLERK))
    asked = {
        found: [*ways("phone", PHONE), *ways("credit_code", found.credit_code)],
        other: [LANDLINE, "(0573) 85012345", "0573－85012345", "+86 573 85012345", "０５７３-85012345"],
    }
    for wanted, written in asked.items():
        for query in written:
            rows = clerk.get(reverse("desk_organizations"), {"q": query}).context["table"].rows
            assert [row.pk for row in rows] == [wanted.pk], query


def test_a_phone_that_is_changed_is_found_by_the_new_one_alone():
    organization = an_organization(phone=PHONE)
    Organization.objects.filter(pk=organization.pk).update(phone=LANDLINE)
    search.index(KIND, organization.pk)
    clerk = signed_in(a_user(Role.CLERK))
    assert clerk.get(reverse("desk_organizations"), {"q": LANDLINE}).context["table"].rows
    assert not clerk.get(reverse("desk_organizations"), {"q": PHONE}).context["table"].rows


def test_somebody_is_found_by_phone_and_user_name_however_they_are_written():
    person = a_user(Role.CLERK, username="lin.dai", phone=PHONE)
    admin = signed_in(a_user(Role.ADMIN))
    for query in [*ways("phone", PHONE), *ways("username", "lin.dai")]:
        assert person.name in body(admin.get(reverse("desk_people"), {"q": query})), query


def test_a_venture_is_found_by_its_number_however_it_is_written():
    venture = a_venture(State.SUBMITTED)
    search.index("ventures.venture", venture.pk)
    clerk = signed_in(a_user(Role.CLERK))
    for query in ways("number", venture.number):
        rows = clerk.get(reverse("desk_ventures"), {"q": query}).context["table"].rows
        assert [row.pk for row in rows] == [venture.pk], query


def test_a_payment_is_found_by_its_voucher_and_agreement_however_they_are_written():
    with clock.at(NOW):
        world = make_world()
        paid, other = signed(world), signed(world)
        pay(world, paid, 1, voucher_number="PZ-2020-000000000012")  # as long as a credit code
        pay(world, other, 1)
        client = signed_in(world.finance)
        entry = paid.award_record.entries.get()
        for number in (entry.voucher_number, paid.award_record.agreement_number):
            for query in ways("voucher_number", number):
                rows = client.get(reverse("desk_payments_made"), {"q": query}).context["table"].rows
                assert [row.pk for row in rows] == [entry.pk], query
