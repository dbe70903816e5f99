"""The menu of the desk: one row, by the parts of a round, with what waits for the reader counted."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.factories import a_user
from tests.web.desk_world import body, planted, signed_in
from ventures.states import State

pytestmark = pytest.mark.django_db


def test_every_page_that_a_role_may_open_stands_in_the_menu_once(desk):
    for role in (Role.CLERK, Role.MANAGER, Role.FINANCE, Role.SUPERVISOR, Role.ADMIN):
        client = signed_in(a_user(role))
        bar = body(client.get(reverse("desk_menu"), {"at": reverse("desk_ventures")}))
        links = re.findall(r'href="(/desk/[^"]*)"', bar)
        assert len(links) == len(set(links)) >= 8
        assert len(re.findall(r"<(?:summary|a) class=\"nav-link", bar)) <= 7, "one row at 1280 px"
        assert bar.count('aria-current="page"') == 1 and all(client.get(url).status_code == 200 for url in links)


def test_what_waits_is_counted_where_it_is_done(desk):
    for __ in range(3):
        planted(desk, State.SUBMITTED)
    bar = body(signed_in(desk.clerk).get(reverse("desk_menu"), {"at": reverse("desk_home")}))
    entry = bar[bar.index(f'href="{reverse("desk_screening")}"') :].split("</a>")[0]
    group = bar[bar.index("征集与审查") :].split("</summary>")[0]
    assert ">3<" in entry and ">3<" in group
    assert "badge" not in body(signed_in(desk.supervisor).get(reverse("desk_menu"))), "nothing waits for who reads only"


def test_a_page_of_the_desk_does_not_count_before_it_is_shown(desk):
    page = body(signed_in(desk.clerk).get(reverse("desk_ventures")))
    assert f'hx-get="{reverse("desk_menu")}?at=/desk/ventures/"' in page
