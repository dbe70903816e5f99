"""A row of a workbook and the form of the page agree on what is good and what is bad: there is one set of rules."""

import pytest

from common.errors import Invalid
from organizations import actions
from organizations.forms import OrganizationForm
from organizations.register_file.columns import columns
from tests.factories import a_credit_code, a_place, a_user

pytestmark = pytest.mark.django_db

GOOD, BAD = True, False
TABLE = [
    ("name", "平湖市阳光(演示)社·中心", GOOD), ("name", "长" * 100, GOOD), ("name", "长" * 101, BAD),
    ("credit_code", "51330482MJA000016T", GOOD), ("credit_code", "５１330482mja000016t", GOOD),
    ("credit_code", "51330482 MJA000016T", GOOD), ("credit_code", "51330482MJA000016X", BAD),
    ("credit_code", "51330482MJA000016", BAD), ("credit_code", "51330482MJI000016T", BAD),
    ("credit_code", "91110108551385082Q", GOOD), ("credit_code", "51330482-MJA000016T", GOOD),
    ("founded_on", "2014-01-15", GOOD), ("founded_on", "2014-02-30", BAD), ("founded_on", "1899-12-31", BAD),
    ("founded_on", "2099-01-01", BAD), ("founded_on", "昨天", BAD),
    ("registrar", "民" * 60, GOOD), ("registrar", "民" * 61, BAD),
    ("supervising_body", "民" * 60, GOOD), ("supervising_body", "民" * 61, BAD),
    ("legal_representative", "民" * 60, GOOD), ("legal_representative", "民" * 61, BAD),
    ("address", "路" * 120, GOOD), ("address", "路" * 121, BAD),
    ("phone", "13800138000", GOOD), ("phone", "0573-85013072", GOOD), ("phone", "８５０１３０７２", GOOD),
    ("phone", "12345", BAD), ("phone", "23800138000", BAD), ("phone", "13800138000 13800138000", BAD),
    ("full_time_staff", "0", GOOD), ("full_time_staff", "１２", GOOD), ("full_time_staff", "999999", GOOD),
    ("full_time_staff", "-1", BAD), ("full_time_staff", "1000000", BAD), ("full_time_staff", "三", BAD),
    ("full_time_staff", "1.5", BAD), ("volunteers", "1e3", BAD), ("party_members", "9999999999999", BAD),
    ("bank_name", "行" * 80, GOOD), ("bank_name", "行" * 81, BAD),
    ("bank_account", "62000000", GOOD), ("bank_account", "6200 0000 0000 0001", GOOD), ("bank_account", "1234567", BAD),
    ("bank_account", "1" * 31, BAD), ("bank_account", "62-0000001", GOOD), ("bank_account", "abcdefgh", BAD),
]  # fmt: skip


def by_the_form(name: str, value: str) -> bool:
    """The form and the action behind it, as a page runs them."""
    data = {
        "name": "演示组织", "credit_code": a_credit_code(600_001), "management": "territorial", "service": "other",
        "place": a_place().pk, "party_form": "none", name: value,
    }  # fmt: skip
    form = OrganizationForm(data)
    if not form.is_valid():
        assert name in form.errors, form.errors
        return False
    try:
        actions.register(by=a_user(), **form.cleaned_data)
    except Invalid as e:
        return name not in e.fields
    return True


def by_the_row(name: str, value: str) -> bool:
    from django.core.exceptions import ValidationError

    column = next(c for c in columns() if c.name == name)
    try:
        column.read(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("name", "value", "good"), TABLE)
def test_row_and_form_agree(name, value, good):
    assert (by_the_form(name, value), by_the_row(name, value)) == (good, good)


def test_every_field_that_a_row_can_set_is_in_the_table():
    checked_by_words = {"management", "place_id", "field", "service", "party_form"}
    from organizations.register_file.comparing import FIELDS

    assert {name for name, *__ in TABLE} == {*FIELDS, "credit_code"} - checked_by_words
