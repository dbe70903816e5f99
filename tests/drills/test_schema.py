"""Tests stand on tables that are made from the models (`--no-migrations`): installations, which migrate, have the same."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.drills.house import ROOT, Template

KINDS = ("primary_key", "unique", "foreign_key", "check", "index")


def our_tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {m._meta.db_table for m in models if Path(m._meta.app_config.path).is_relative_to(ROOT / m._meta.app_label)}


def schema_of(c: BaseDatabaseWrapper) -> dict[str, Any]:
    """Table → its columns, and its keys, constraints and indexes without their names."""
    with c.cursor() as cursor:
        return {
            table: (
                {
                    (column.name, column.type_code, column.null_ok, column.display_size)
                    for column in c.introspection.get_table_description(cursor, table)
                },
                Counter(
                    (*found["columns"], *(f"{k}: {found[k]}" for k in KINDS))
                    for found in c.introspection.get_constraints(cursor, table).values()
                ),
            )
            for table in our_tables() & set(c.introspection.table_names(cursor))
        }


@pytest.mark.engines
@pytest.mark.django_db
def test_what_is_migrated_has_the_tables_of_the_tests(template: Template, tmp_path: Path) -> None:
    migrated = connection.copy()
    migrated.settings_dict["NAME"] = template.database(tmp_path)
    try:
        ours, theirs = schema_of(connection), schema_of(migrated)
    finally:
        migrated.close()
    assert ours.keys() == theirs.keys() == our_tables()
    assert {t: (ours[t], theirs[t]) for t in ours if ours[t] != theirs[t]} == {}


def test_the_migrations_are_current() -> None:
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
