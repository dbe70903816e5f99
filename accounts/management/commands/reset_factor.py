from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import on_the_server
from accounts.models import User
from common.errors import DomainError


class Command(BaseCommand):
    help = "Take somebody's second factor off where no second person can (docs/people.md). It stands in the access log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, for the journal")

    def handle(self, *, username: str, reason: str, **options: Any) -> None:
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError(f"There is no account {username}.")
        try:
            on_the_server.reset_factor(person, reason)
        except DomainError as e:
            raise CommandError(str(e)) from None
        self.stdout.write(f"{person} ({username}) has no second factor any more.")
