from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from simulation import reference


class Command(BaseCommand):
    help = "Load kinds of applicants, places, platforms, series and published figures from fixtures/. Twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        n = reference.load()
        self.stdout.write(
            _("Reference data: %(places)s places, %(platforms)s platforms, %(series)s series, %(figures)s figures.") % n
        )
