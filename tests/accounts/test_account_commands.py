"""What is done on the server where nobody could confirm it: roles and second factors by a command."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AccessEntry, Kind, Role
from tests.accounts.conftest import role_of, with_phone
from tests.factories import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_a_command_gives_a_role_where_nobody_could_confirm_it_and_says_so(clerk):
    a_user(Role.ADMIN)
    call_command("give_role", clerk.username, "manager")
    assert role_of(clerk) == Role.MANAGER
    entry = AccessEntry.objects.get(kind=Kind.ROLE_CHANGED)
    assert (entry.by_id, entry.by_name) == (None, "服务器命令")
    with pytest.raises(CommandError, match="no account"):
        call_command("give_role", "nobody", "manager")


def test_a_command_does_not_lower_the_last_administrator(admin):
    with pytest.raises(CommandError, match="最后一名"):
        call_command("give_role", admin.username, "clerk")


def test_a_command_resets_the_phone_of_the_only_administrator(admin):
    with_phone(admin)
    call_command("reset_factor", admin.username, "--reason", "手机遗失")
    admin.refresh_from_db()
    assert admin.second_factor_at is None
    assert AccessEntry.objects.get(kind=Kind.FACTOR_RESET).by_name == "服务器命令"
    with pytest.raises(CommandError, match="尚未启用动态口令"):
        call_command("reset_factor", admin.username, "--reason", "手机遗失")
