"""Files of an application: attach, take away, and the stamped form."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.clock import now
from common.errors import Conflict, Invalid
from common.files import remove
from common.machine.actors import stamp
from common.models import StoredFile, record
from rounds.models import AttachmentRule
from ventures.application.actions.drafts import check_open
from ventures.application.actions.locking import LockedApplication, check_may_write, lock_application, lock_for_writing
from ventures.application.content import form_of
from ventures.models import Application, Attachment, StampedScan, Submission, Venture


@transaction.atomic
def attach(venture: Venture, *, by: Any, rule: AttachmentRule, file: StoredFile) -> Attachment:
    """Add a stored file to a paper of the round. Raises NotAllowed, Conflict, Locked, Invalid (too many files)."""
    row = lock_for_writing(venture, by=by)
    field = form_of(row.round).get(f"paper{rule.pk}")
    if field is None:
        raise Invalid({"file": [_("The form of this round has no field “%(path)s”.") % {"path": rule.label}]})
    check_open(row, [field])
    n = Attachment.objects.filter(venture=row, rule=rule).count()
    if n >= rule.max_files:
        raise Invalid(
            {"file": [ngettext("“%(paper)s” has %(n)s file already; at most %(max)s.", "“%(paper)s” has %(n)s files already; at most %(max)s.", n) % {
                "paper": rule.label, "n": n, "max": rule.max_files}]}
        )  # fmt: skip
    if Attachment.objects.filter(venture=row, rule=rule, file__sha256=file.sha256).exists():
        raise Invalid({"file": [_("The same file is attached to “%(paper)s” already.") % {"paper": rule.label}]})
    attachment = Attachment.objects.create(venture=row, rule=rule, file=file)
    _changed(row, by)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: Any) -> None:
    """Take a file off the application; what was submitted with it keeps it in its version, else it is
    gone from the disk as well."""
    row = lock_for_writing(attachment.venture, by=by)
    field = form_of(row.round).get(f"paper{attachment.rule_id}")
    if field is not None:
        check_open(row, [field])
    Attachment.objects.filter(pk=attachment.pk).delete()
    if not Submission.objects.filter(files=attachment.file_id).exists():
        remove(attachment.file)
    _changed(row, by)


@transaction.atomic
def bind_stamp(
    venture: Venture, *, by: Any, file: StoredFile, printed_hash: str, locked: LockedApplication | None = None
) -> StampedScan:
    """Bind the scan of the stamped form to the version that was printed. Raises Conflict when that is not the present.

    `locked` is what was already locked and read for the same person in this transaction (`declare`).
    """
    if locked is None:
        locked = lock_application(venture)
        check_may_write(locked.venture, by)
    present = locked.hash
    if printed_hash != present:
        raise Conflict(
            _("The printed version (%(printed)s) is not the present one (%(present)s): print it again.")
            % {"printed": printed_hash[:16], "present": present[:16]}
        )
    scan = StampedScan.objects.create(venture=locked.venture, file=file, content_hash=present, at=now(), **stamp(by))
    locked.stamp = scan
    record(locked.venture, "bind_stamp", by=by, hash=present[:16])
    return scan


def _changed(row: Venture, by: Any) -> None:
    application, __ = Application.objects.get_or_create(venture=row)
    application.note_saving(by)
    application.save()
