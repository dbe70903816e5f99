"""What two people would call the same is one thing: refused a second time, and found however it is written."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from organizations.models import Organization
from tests.factories import PASSWORD, a_credit_code, a_user, an_organization
from tests.organizations.sheets import a_workbook, checked
from tests.web.desk_world import planted
from tests.web.forms_of_pages import signed_in
from tests.web.spellings import WIDE
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]


def form_of(site: SimpleNamespace, name: str) -> tuple[User | None, str, dict[str, str]]:
    return next(f for f in site.forms if f[1] == reverse(name))


@pytest.mark.parametrize("typed", ["Zhang.San", "ZHANG.SAN", "zhang.san".translate(WIDE), " zhang.san "])
def test_who_logs_in_may_type_capitals_and_full_width(client: Client, typed: str) -> None:
    person = a_user(Role.CLERK, username="Zhang.San")
    assert person.username == "zhang.san"
    client.post(reverse("login"), {"username": typed, "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(person.pk)


def test_a_user_name_is_taken_in_whatever_capitals_and_width(site: SimpleNamespace) -> None:
    a_user(username="zhang.san")
    __, url, data = form_of(site, "register")
    for typed in ("Zhang.San", "zhang.san".translate(WIDE)):
        answer = signed_in(None).post(url, data | {"username": typed})
        assert answer.status_code == 422
        assert "username" in answer.context["form"].errors


@pytest.mark.parametrize("typed", ["PZ－2020－9", "pz — 2020 — 9", "ＰＺ-2020-9"])
def test_a_number_of_a_paper_is_used_in_whatever_hyphens_blanks_and_capitals(site: SimpleNamespace, typed: str) -> None:
    client = signed_in(site.world.desk.finance)
    __, url, data = next(f for f in site.forms if f[1].endswith(f"/{site.world.awarded.pk}/agreement/"))
    assert client.post(url, data | {"number": "pz-2020-9"}).status_code == 302
    other = planted(site.world.desk, State.AWARDED)
    answer = client.post(reverse("desk_venture_agreement", args=[other.pk]), data | {"number": typed})
    assert answer.status_code == 422
    assert "PZ-2020-9" in str(answer.context["form"].errors["number"])


@pytest.mark.parametrize("typed", ["平湖市阳光社工(林埭镇)", "平湖市阳光社工 （林埭镇）", "平湖市阳光社工林埭镇"])
def test_an_organization_is_registered_once_whatever_its_brackets_and_widths(site: SimpleNamespace, typed: str) -> None:
    an_organization(name="平湖市阳光社工（林埭镇）")
    user, url, data = form_of(site, "apply_organization_new")
    answer = signed_in(user).post(url, data | {"name": typed, "credit_code": a_credit_code(777_001)})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    import_ = checked(a_workbook((typed, a_credit_code(777_002), "属地", "林埭镇")), site.world.desk.clerk)
    assert not import_.findings.get("new") and "已有同名组织" in str(import_.findings)
    assert Organization.objects.filter(name__contains="阳光社工").count() == 1


@pytest.mark.parametrize(
    "way", [str.lower, lambda c: c.translate(WIDE), lambda c: f"{c[:8]} {c[8:]}", lambda c: f"{c[:8]}-{c[8:]}"]
)
def test_an_organization_is_found_by_its_code_however_it_is_written(site: SimpleNamespace, way: object) -> None:
    row = an_organization(name="要找的组织", credit_code=a_credit_code(777_003))
    page = signed_in(site.world.desk.clerk).get(reverse("desk_organizations"), {"q": way(row.credit_code)})  # type: ignore[operator]
    assert "要找的组织" in page.content.decode()


@pytest.mark.parametrize("typed", ["LI.SI", "ｌｉ．ｓｉ", "Li.Si"])
def test_somebody_is_found_by_the_user_name_however_it_is_written(site: SimpleNamespace, typed: str) -> None:
    a_user(Role.CLERK, username="li.si", name="要找的人")
    page = signed_in(site.world.desk.admin).get(reverse("desk_people"), {"q": typed})
    assert "要找的人" in page.content.decode()
