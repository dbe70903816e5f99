from typing import Any

from django.core.management.base import CommandParser

from accounts.actions import on_the_server
from accounts.management.account_command import AccountCommand
from accounts.models import User


class Command(AccountCommand):
    help = "Take somebody's second factor off where no second person can (docs/people.md). It stands in the access log."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--reason", required=True, help="why, for the journal")

    def do(self, person: User, *, reason: str = "", **options: Any) -> str:
        on_the_server.reset_factor(person, reason)
        return "has no second factor any more."
