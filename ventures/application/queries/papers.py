"""Files of an application and its versions, for the pages of applicants and of the desk."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.models import StoredFile
from rounds.models import AttachmentRule
from ventures.application.content import ApplicationContent
from ventures.application.corrections import EDITABLE, open_paths
from ventures.models import Attachment, StampedScan, Submission, Venture

FILE_URL = {"applicant": "apply_file", "staff": "desk_file"}


@dataclass(frozen=True)
class Entry:
    """A line of a list of files (common/file_list.html)."""

    file: StoredFile
    url: str
    remove_url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper that the round asks for, with its files. `is_open`: may be changed now."""

    rule: AttachmentRule
    entries: list[Entry] = field(default_factory=list)
    is_open: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"paper{self.rule.pk}"

    @property
    def takes_more(self) -> bool:
        return self.is_open and len(self.entries) < self.rule.max_files


def papers_of(venture: Venture, *, audience: str, may_change: bool) -> list[Paper]:
    """The papers of the round with this venture's files; two queries beside the question which fields are open."""
    opened = _opened(venture, may_change)
    files: dict[int, list[Attachment]] = defaultdict(list)
    for a in Attachment.objects.filter(venture=venture).select_related("file"):
        files[a.rule_id].append(a)
    found = []
    for rule in venture.round.attachment_rules.all():
        is_open = opened is None or f"paper{rule.pk}" in opened
        entries = [
            Entry(
                a.file,
                file_url(venture, a.file, audience),
                reverse("apply_detach", args=[a.pk]) if is_open else "",
            )
            for a in files[rule.pk]
        ]
        found.append(Paper(rule, entries, is_open))
    return found


@dataclass(frozen=True)
class Stamp:
    """The stamped form: what was uploaded, whether it is of the present version, and that version's hash."""

    required: bool
    hash: str
    scans: list[Entry]
    is_valid: bool
    is_open: bool

    @property
    def short_hash(self) -> str:
        return self.hash[:16]


def stamp_of(venture: Venture, *, audience: str, may_change: bool) -> Stamp:
    """Where the stamped form stands; it freezes the present content to compare its hash."""
    opened = _opened(venture, may_change)
    scans = list(StampedScan.objects.filter(venture=venture).select_related("file").order_by("-pk"))
    present = ApplicationContent(venture).hash
    return Stamp(
        required=venture.round.stamp_required,
        hash=present,
        scans=[
            Entry(s.file, file_url(venture, s.file, audience), label=_of_version(s, present)) for s in scans
        ],
        is_valid=any(s.content_hash == present for s in scans),
        is_open=opened is None or bool(opened),
    )  # fmt: skip


def _opened(venture: Venture, may_change: bool) -> set[str] | None:
    """The fields that may be changed now; None: all."""
    return open_paths(venture) if may_change and venture.state in EDITABLE else set()


def _of_version(scan: StampedScan, present: str) -> str:
    if scan.content_hash == present:
        return str(_("Stamped: the present version (%(hash)s)") % {"hash": present[:16]})
    return str(_("Stamped: an earlier version (%(hash)s), not valid any more") % {"hash": scan.content_hash[:16]})


def file_url(venture: Venture, file: StoredFile, audience: str) -> str:
    return reverse(FILE_URL[audience], args=[venture.pk, file.pk])


def file_of(venture: Venture, pk: Any) -> StoredFile:
    """A file that belongs to this venture now or in one of its versions; else 404."""
    for rows in (
        Attachment.objects.filter(venture=venture, file=pk),
        StampedScan.objects.filter(venture=venture, file=pk),
        Submission.objects.filter(venture=venture, files=pk),
    ):
        if rows.exists():
            return StoredFile.objects.get(pk=pk)
    raise Http404


def submission_of(venture: Venture, ordinal: int) -> Submission:
    """A version by its number; 404."""
    found = Submission.objects.filter(venture=venture, ordinal=ordinal).select_related("stamped_scan__file").first()
    if found is None:
        raise Http404
    found.venture = venture
    return found
