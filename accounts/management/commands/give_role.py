from typing import Any

from django.core.management.base import CommandParser

from accounts.actions import on_the_server
from accounts.management.account_command import AccountCommand
from accounts.models import Role, User


class Command(AccountCommand):
    help = "Give somebody a role where no second person can confirm it (docs/people.md). It stands in the access log."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("role", choices=Role.values)

    def do(self, person: User, *, role: str = "", **options: Any) -> str:
        on_the_server.give_role(person, role)
        return f"is {Role(role).label} now."
