from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import on_the_server
from accounts.models import Role, User
from common.errors import DomainError


class Command(BaseCommand):
    help = "Give somebody a role where no second person can confirm it (docs/people.md). It stands in the access log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *, username: str, role: str, **options: Any) -> None:
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError(f"There is no account {username}.")
        try:
            on_the_server.give_role(person, role)
        except DomainError as e:
            raise CommandError(str(e)) from None
        self.stdout.write(f"{person} ({username}): {Role(role).label}")
