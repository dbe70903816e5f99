"""`python -m tests.house.access`: ask everybody at every address in a database of its own and write docs/access.md."""

import logging
import os
import tempfile

import django
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import setup_test_environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.pop("DATABASE_URL", None)  # SQLite, whatever the installation here has
    django.setup()
    setup_test_environment()
    logging.disable(logging.CRITICAL)  # thousands of refusals, all of them wanted
    settings.REQUIRE_SECOND_FACTOR = False
    connection.settings_dict["TEST"]["MIGRATE"] = False
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        connection.creation.create_test_db(verbosity=0)
        with transaction.atomic():
            write()
            transaction.set_rollback(True)


def write() -> None:
    from tests.house.access import page
    from tests.house.access.asking import Asker, all_rows
    from tests.house.access.doors import doors
    from tests.house.access.world import World

    page.PATH.write_text(page.text(all_rows(Asker(World()), list(doors()))), encoding="utf-8")


if __name__ == "__main__":
    main()
