"""`manage.py docs`: write what the code says of itself."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import room_docs
from common.limits import docs as limits_docs
from common.machine import lifecycle_docs


class Command(BaseCommand):
    help = (
        "Write docs/lifecycle.md from the machines, their gates and rules, docs/limits.md, and the picture in "
        "docs/architecture.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is not current")

    def handle(self, **options: Any) -> None:
        map_ = room_docs.page()
        made = {
            Path(settings.BASE_DIR, "docs", "lifecycle.md"): lifecycle_docs.text(),
            Path(settings.BASE_DIR, "docs", "limits.md"): limits_docs.text(),
            map_: room_docs.with_picture(map_.read_text()),
        }
        for path, text in made.items():
            if not options["check"]:
                path.write_text(text)
            elif not path.exists() or path.read_text() != text:
                raise CommandError(f"docs/{path.name} is not current; run make docs.")
