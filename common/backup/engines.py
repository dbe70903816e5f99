"""Which of the two engines this installation uses. Both have PART, the name of their part of a set, `dump` and `restore`."""

from types import ModuleType

from django.contrib.auth import get_user_model
from django.db import connection

from common.backup import postgres, sqlite


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def is_empty() -> bool:
    """Whether nobody has worked in this database: it has no tables yet, or no user."""
    users = get_user_model()._base_manager
    return users.model._meta.db_table not in connection.introspection.table_names() or not users.exists()
