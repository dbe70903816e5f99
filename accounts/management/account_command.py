"""What the commands on the server share: one account, named by its user name."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from common.errors import DomainError
from common.normal_forms import user_name
from common.wording import bracketed


class AccountCommand(BaseCommand):
    """Does something to an account; what the domain refuses is the error of the command."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        person = User.objects.filter(username=user_name(username)).first()
        if person is None:
            raise CommandError(f"There is no account {username}.")
        try:
            done = self.do(person, **options)
        except DomainError as e:
            raise CommandError(str(e)) from None
        self.stdout.write(f"{person}{bracketed(username)} {done}")

    def do(self, person: User, **options: Any) -> str:
        """Returns what is told of the person. Raises DomainError."""
        raise NotImplementedError
