import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from accounts.access_log import journalled
from accounts.actions.on_the_server import SERVER
from accounts.models import LINK_DAYS, AccountLink, Kind, Role, User
from accounts.passwords import problems
from common.normal_forms import user_name

ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Make an administrator (the first two, see docs/people.md): asks for a password at a terminal, else prints a link to set it, which works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--email", default="")
        parser.add_argument("--link", action="store_true", help="print a link, also at a terminal")

    def handle(self, *, username: str, name: str, email: str, link: bool, **options: Any) -> None:
        if User.objects.filter(username=user_name(username)).exists():
            raise CommandError(f"The username {username} is taken.")
        person = User(username=username, name=name, email=email, role=Role.ADMIN)
        if sys.stdin.isatty() and not link:
            person.set_password(self._ask(person))
        else:
            person.set_unusable_password()
        with transaction.atomic():
            person.save()
            journalled(person, Kind.INVITED, by=SERVER, told=str(Role.ADMIN.label), role=Role.ADMIN)
            made = None if person.has_come else self._link(person)
        self.stdout.write(f"{name} ({username}) is an administrator.")
        if made:
            address = (settings.SITE_URL or ADDRESS) + reverse("use_link", args=[made.code])
            self.stdout.write(f"Set the password within {LINK_DAYS} days, once: {address}")

    def _link(self, person: User) -> AccountLink:
        return AccountLink.objects.create(user=person, reason=AccountLink.Reason.INVITATION)

    def _ask(self, person: User) -> str:
        while True:
            password = getpass("Password: ")
            broken = problems(password, person)
            if not broken and password != getpass("Once more: "):
                broken = ["The two passwords differ."]
            if not broken:
                return password
            self.stderr.write("\n".join(broken))
