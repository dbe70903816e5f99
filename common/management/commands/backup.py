"""`manage.py backup`: database and files together, while people work."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.backup.nightly import back_up_now
from common.errors import DomainError


class Command(BaseCommand):
    help = "Write a set of database and files to BACKUP_DIR while people work; `serve` does it each night by itself."

    def handle(self, **options: Any) -> None:
        try:
            made = back_up_now()
        except DomainError as e:
            raise CommandError(str(e)) from e
        except OSError as e:
            raise CommandError(_("There is no new backup: %(error)s") % {"error": e}) from e
        self.stdout.write(str(made.folder))
        told = {"parts": len(made.manifest.parts), "bytes": made.manifest.size, "digest": made.digest}
        self.stderr.write(_("%(parts)s parts, %(bytes)s bytes, manifest %(digest)s") % told)
        for path in made.manifest.damaged:
            self.stderr.write(_("The store has lost “%(path)s”, or it is damaged there.") % {"path": path})
