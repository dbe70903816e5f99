"""Laws of what the house keeps: files, messages, the index of the search."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.files.storing import ORPHAN_AFTER, orphans, root
from common.invariants.registry import Violations, invariant
from common.models import OutboxMessage, SearchText, StoredFile
from common.search.indexing import kinds
from common.work.outbox import MAX_ATTEMPTS

SWEPT_BY_THEN = 3 * ORPHAN_AFTER


@invariant(gettext_lazy("Every stored file lies on the disk, whole"))
def every_stored_file_is_on_the_disk() -> Violations:
    """登记证书.pdf was handed in with 482,113 bytes: so many lie under its path. After a restore without the folder of
    files there are none. (That the bytes are the same is asked by its hash when it is given out.)"""
    folder = root()
    for file in StoredFile.objects.only("name", "path", "size").iterator():
        path = folder / file.path
        found = path.stat().st_size if path.is_file() else 0
        if found != file.size:
            yield f"{file.name} ({file.pk})", _("%(found)s bytes are on the disk, %(size)s were handed in.") % {
                "found": found, "size": file.size,
            }  # fmt: skip


@invariant(gettext_lazy("Files that no row knows are swept away"), warns=True)
def files_without_a_row_are_swept() -> Violations:
    """An upload was broken off on Monday: its file is gone on Tuesday. One that still lies there on Friday says that
    nobody sweeps."""
    for path in orphans(SWEPT_BY_THEN):
        yield path.relative_to(root()), _("no row knows this file, and nobody has swept it away.")


@invariant(gettext_lazy("No message is given up"), warns=True)
def no_message_is_given_up() -> Violations:
    """The mail server was away for a minute: the message went out at the second attempt. After the eighth it is left
    alone, and somebody has to look why."""
    for message in OutboxMessage.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS).iterator():
        yield message, _("given up after %(n)s attempts: %(error)s") % {
            "n": message.attempts, "error": message.error[:200],
        }  # fmt: skip


@invariant(gettext_lazy("Everything that can be searched for is filed"))
def everything_can_be_found() -> Violations:
    """HC2020-001《乡音相伴》 is found by 乡音. One that was written past the actions is on no list that is searched, until
    `manage.py reindex` files it."""
    for kind in kinds.values():
        filed = SearchText.objects.filter(kind=kind.number, subject_id=OuterRef("pk"))
        for row in kind.rows().filter(~Exists(filed)).iterator():
            yield f"{kind.name} {row[0]}", _("it is not filed for the search.")
