"""`manage.py sweep_files`: remove stored files that no row knows (rolled back, killed in between)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.files.storing import ORPHAN_AFTER, sweep_orphans


class Command(BaseCommand):
    help = "Remove stored files that no row knows and that are older than a day. `serve` does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=float, default=ORPHAN_AFTER, help="seconds (default: a day)")

    def handle(self, *, older_than: float, **options: Any) -> None:
        self.stdout.write(f"{sweep_orphans(older_than)} removed")
