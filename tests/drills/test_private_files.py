"""Database, files and mails of an installation are read by their owner only."""

from pathlib import Path

from tests.drills.house import House, Template

KEEP_A_FILE = """
import io, segno
from django.core.files.base import ContentFile
from common.files import SCANS, store
from common.machine.actors import SYSTEM
picture = io.BytesIO()
segno.make("红创").save(picture, kind="png", scale=8)
store(ContentFile(picture.getvalue(), "a.png"), by=SYSTEM, allowed=SCANS)
"""


def test_nobody_but_the_owner_reads_what_an_installation_keeps(tmp_path: Path, template: Template) -> None:
    var = tmp_path / "var"
    var.mkdir()
    var.chmod(0o755)  # made by hand
    house = House(var, **template.copy(var))
    house.manage("shell", "-v0", "-c", KEEP_A_FILE)
    house.manage("sendtestemail", "admin@example.org")
    database = template.var / "hongchuang.sqlite3"  # as migrating makes it; what we have is a copy
    found = [var, *var.rglob("*"), database]
    folders = {path.relative_to(var).parts[0] for path in var.rglob("*")}
    assert {"hongchuang.sqlite3", "mail", "files", "secret_key"} <= folders
    open_to_others = {str(path): oct(path.stat().st_mode) for path in found if path.stat().st_mode & 0o077}
    assert not open_to_others
