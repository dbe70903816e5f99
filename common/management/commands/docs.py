"""`manage.py docs`: write what the code says of itself."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.machine import lifecycle_docs


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the machines, their gates and rules."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is not current")

    def handle(self, **options: Any) -> None:
        path = Path(settings.BASE_DIR, "docs", "lifecycle.md")
        text = lifecycle_docs.text()
        if not options["check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError("docs/lifecycle.md is not current; run make docs.")
