import json
from argparse import Namespace
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "fixtures" / "pinghu_2020.yaml"


def simulate(folder: Path, **options: Any) -> Namespace:
    """Run the command; what it printed and what it wrote."""
    out, err, file = StringIO(), StringIO(), folder / "outcome.json"
    call_command("simulate_round", json=file, out=folder / "out", stdout=out, stderr=err, **options)
    return Namespace(printed=out.getvalue(), told=err.getvalue(), **json.loads(file.read_text(encoding="utf-8")))


def is_a_test_database() -> bool:
    """pytest-django makes one only when some test of the run asks for `db`; else a world that is shared by a module would
    be played in the database of this machine."""
    return "test" in Path(connection.settings_dict["NAME"]).name


@pytest.fixture(scope="module")
def golden(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Namespace]:
    """The 2020 round, played once for the tests of a module and rolled back after them."""
    assert is_a_test_database(), "run it together with a test that asks for `db`: pytest tests/simulation"
    folder = tmp_path_factory.mktemp("golden")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"), transaction.atomic():
        golden = simulate(folder, spec=SPEC)
        golden.files = folder / "files"  # where its files are; each test has a folder of its own
        yield golden
        transaction.set_rollback(True)
