"""`manage.py restore SET`: a backup into this empty installation, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from common.backup.restoring import has_another_key, restore
from common.errors import DomainError


class Command(BaseCommand):
    help = (
        "Look a backup through and put it into this installation (HONGCHUANG_VAR, DATABASE_URL), which must be empty."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("set", type=Path, metavar="SET", help="the folder that `backup` has named")

    def handle(self, *, set: Path, **options: Any) -> None:
        try:
            told = restore(set.resolve())
        except DomainError as e:
            raise CommandError(str(e)) from e
        except OSError as e:
            raise CommandError(_("Nothing was restored: %(error)s") % {"error": e}) from e
        self.stdout.write(
            _("Restored as of %(moment)s: %(parts)s parts.") % {"moment": told.made_at, "parts": len(told.parts)}
        )
        for path in told.damaged:
            self.stderr.write(_("The store had lost “%(path)s” before the backup.") % {"path": path})
        if has_another_key(told):
            self.stderr.write(
                _(
                    "SECRET_KEY is another than that of the backup: recovery codes and links in mails do not work any more."
                )
            )
