"""A real installation never names an account on the page where one logs in, and is never made a demonstration."""

from io import StringIO

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from simulation.guests import guests, password
from tests import factories


def login_page() -> str:
    return Client().get(reverse("login")).content.decode()


def demo_clerk() -> None:
    factories.a_user(Role.CLERK, username="clerk", is_demo=True, is_active=True)
    clerk = factories.User.objects.get(username="clerk")
    clerk.password = make_password(password())
    clerk.save()


@pytest.mark.parametrize("rounds", [[], [False], [True, False]])
def test_without_a_demonstration_or_beside_a_real_round_no_account_is_named(db: None, rounds: list[bool]) -> None:
    demo_clerk()
    for is_demo in rounds:
        factories.a_round(is_demo=is_demo)
    assert guests() == []
    assert password() not in login_page()
    assert "demo-accounts" not in login_page()


def test_a_real_account_is_not_named_though_it_has_the_printed_password(db: None) -> None:
    factories.a_round(is_demo=True)
    real = factories.a_user(Role.MANAGER)
    real.password = make_password(password())
    real.save()
    assert guests() == []
    demo_clerk()
    assert [u.username for u in guests()] == ["clerk"]


def test_an_account_that_owes_a_second_factor_is_not_named(db: None) -> None:
    factories.a_round(is_demo=True)
    demo_clerk()
    assert "demo-accounts" in login_page()
    factories.User.objects.filter(username="clerk").update(second_factor_at=factories.now())
    assert "demo-accounts" not in login_page()


def test_the_demonstration_refuses_a_database_with_real_rounds(db: None) -> None:
    factories.a_round(is_demo=False)
    with pytest.raises(CommandError):
        call_command("demo", stdout=StringIO(), stderr=StringIO())
