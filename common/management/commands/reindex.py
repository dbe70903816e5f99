from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.search import reindex
from common.search.indexing import kinds


class Command(BaseCommand):
    help = "File everything for the search again, in batches; people may work meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", choices=[[], *sorted(kinds)], help="All kinds if none is given")

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in options["kinds"] or sorted(kinds):
            done = 0
            for done in reindex(kind):
                if options["verbosity"] > 1:
                    self.stdout.write(f"{kind}: {done}")
            if options["verbosity"]:
                self.stdout.write(f"{kind}: {done}")
