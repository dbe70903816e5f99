"""The first visit of each role is guided in four steps, each on a page that the role may open; it is offered until it is
ended, and again in another role."""

import pytest
from django.urls import reverse

from accounts.models import Role
from common.site.guide import STEPS, address_of_step, guide_of
from tests.factories import a_user
from tests.web.desk_world import body, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_each_step_leads_to_a_page_of_the_role_and_says_what_it_is_for(role):
    client = signed_in(a_user(role))
    home = client.get(reverse("me"), follow=True)
    assert address_of_step(role, 1) in body(home), "offered where the person comes first"
    for number, step in enumerate(guide_of(role), start=1):
        page = client.get(address_of_step(role, number), follow=True)
        assert page.status_code == 200
        said = body(page)
        assert f"第 {number} 步，共 {STEPS} 步" in said and str(step.words) in said
        assert ("下一步" in said) == (number < STEPS)
        assert address_of_step(role, number + 1) in said


def test_a_guide_that_was_ended_is_offered_again_only_in_another_role():
    user = a_user(Role.CLERK)
    client = signed_in(user)
    assert "第一次使用" in body(client.get(reverse("desk_home")))
    client.post(reverse("guide_end"))
    assert "第一次使用" not in body(client.get(reverse("desk_home")))
    user.refresh_from_db()
    user.role = Role.FINANCE
    user.save()
    client.force_login(user)
    assert "第一次使用" in body(client.get(reverse("desk_home")))


def test_the_help_page_begins_with_the_own_part_and_leads_through_it_again():
    page = body(signed_in(a_user(Role.FINANCE)).get(reverse("help")))
    assert page.index(str(guide_of(Role.FINANCE)[1].words)) < page.index("先申明回避")
    assert address_of_step(Role.FINANCE, 1) in page and address_of_step(Role.EXPERT, 1) not in page


@pytest.mark.parametrize("asked", ["0", "5", "x", "1e1", "１"])
def test_a_step_that_there_is_not_is_no_step(asked):
    assert "步，共" not in body(signed_in(a_user(Role.CLERK)).get(reverse("desk_home"), {"guide": asked}))
