"""Files that people hand in. What may be handed in, and how it is given out again, is in `common.files`."""

import uuid

from django.db import models

from common.clock import now
from common.kept_files import keeps_file
from common.machine.actors import Stamped
from common.machine.triggers import Trigger, triggers


@keeps_file(below="stored")
class StoredFile(Stamped):
    """A file as it was handed in; its content never changes. The path on disk says nothing of its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(default=now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["by_id"], name="stored_file_by_person")]

    def __str__(self) -> str:
        return self.name


@triggers
def a_stored_file_never_changes() -> list[Trigger]:
    """Row and content belong together by the hash; a file may go, it may not become another one."""
    table = StoredFile._meta.db_table
    fixed = ("id", "path", "size", "sha256", "kind", "media_type", "by_name")
    when = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in fixed)
    return [Trigger(f"{table}_is_fixed", StoredFile, "UPDATE", when, f"{table}: a stored file does not change")]
