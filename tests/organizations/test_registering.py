"""Two who register the same at once: the second is told, at the field."""

from typing import Any

import pytest

from common.errors import Invalid
from organizations import actions
from organizations.models import Organization
from tests.factories import a_credit_code, a_place, a_user, an_applicant, an_organization

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def rival(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What somebody else registers between the check and the row."""
    taken: dict[str, Any] = {}
    check = Organization.full_clean

    def then_somebody_else(self: Organization, *args: Any, **kwargs: Any) -> None:
        check(self, *args, **kwargs)
        if taken:
            an_organization(**taken)

    monkeypatch.setattr(Organization, "full_clean", then_somebody_else)
    return taken


@pytest.mark.parametrize("field", ["credit_code", "name"])
def test_who_is_second_with_a_code_or_name_is_told_at_the_field(rival: dict[str, Any], field: str) -> None:
    given = {"name": "平湖市阳光社工服务中心", "credit_code": a_credit_code(900_001)}
    rival[field] = given[field]
    with pytest.raises(Invalid) as refused:
        actions.register(by=a_user(), management="territorial", place=a_place(), **given)
    assert list(refused.value.fields) == [field]


def test_who_takes_a_name_that_was_taken_just_now_is_told_too(rival: dict[str, Any]) -> None:
    user, organization = an_applicant()
    rival["name"] = "新名称"
    with pytest.raises(Invalid) as refused:
        actions.edit(organization, by=user, name="新名称")
    assert list(refused.value.fields) == ["name"]
