"""Corrections that came back: each pin with what stood there and what stands there now, and what else has changed."""

from dataclasses import dataclass, field

from rounds.models import Round
from ventures.application.content import Difference, differences, form_of
from ventures.application.corrections import ORGANIZATION, ORGANIZATION_LABEL, STAMP, STAMP_LABEL
from ventures.application.queries.papers import Entry, file_url, papers_of
from ventures.models import Correction, Pin, Submission, Venture


@dataclass(frozen=True)
class AnsweredPin:
    """`difference` is None when the field says what it said before; the stamped form has no text to compare."""

    pin: Pin
    changed: bool
    difference: Difference | None

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Runs of the text for marking; one that was written anew is struck out whole, not letter by letter."""
        return legible(self.difference) if self.difference else []


@dataclass(frozen=True)
class Answered:
    correction: Correction
    pins: list[AnsweredPin] = field(default_factory=list)
    others: list[Difference] = field(default_factory=list)  # not asked for


def legible(difference: Difference) -> list[tuple[str, str, str]]:
    parts = difference.parts
    kept = sum(len(after) for tag, __, after in parts if tag == "equal")
    if kept * 2 < max(len(difference.old), len(difference.new)):
        return [("replace", difference.old, difference.new)]
    return parts


def answered_corrections(venture: Venture) -> list[Answered]:
    """Corrections that were answered, the latest first. Two queries, and three for the form when there are any."""
    rows = Correction.objects.filter(venture=venture.pk, answered_by__isnull=False).order_by("-pk")
    corrections = list(rows.select_related("submission", "answered_by").prefetch_related("pins"))
    if not corrections:
        return []
    form = form_of(venture.round)
    found = []
    for correction in corrections:
        old, new = correction.submission, correction.answered_by
        assert new is not None
        differing = {d.path: d for d in differences(old.content, new.content, form)}
        pins = [_answered(pin, differing.pop(pin.path, None), old, new) for pin in correction.pins.all()]
        found.append(Answered(correction, pins, list(differing.values())))
    return found


def _answered(pin: Pin, difference: Difference | None, old: Submission, new: Submission) -> AnsweredPin:
    changed = old.stamped_scan_id != new.stamped_scan_id if pin.path == STAMP else difference is not None
    return AnsweredPin(pin, changed, difference)


def pinnable(round_: Round) -> list[tuple[str, str]]:
    """Path and label of everything that a correction can open, in the order of the form. Three queries."""
    fields = [*((f.path, f.label) for f in form_of(round_)), (ORGANIZATION, str(ORGANIZATION_LABEL))]
    return [*fields, (STAMP, str(STAMP_LABEL))] if round_.stamp_required else fields


def files_of(venture: Venture, version: Submission | None) -> list[Entry]:
    """The files of the version that is shown, each with the paper it belongs to; without a version what is attached."""
    if version is None:
        papers = papers_of(venture, audience="staff", may_change=False)
        return [Entry(e.file, e.url, label=p.rule.label) for p in papers for e in p.entries]
    paper = {
        file["sha256"]: f["label"]
        for f in version.content["fields"]
        if f["path"].startswith("paper") and isinstance(f["value"], list)
        for file in f["value"]
    }
    found = [
        Entry(file, file_url(venture, file, "staff"), label=paper.get(file.sha256, ""))
        for file in version.files.order_by("created_at")
    ]
    if version.stamped_scan is not None:
        scan = version.stamped_scan.file
        found.append(Entry(scan, file_url(venture, scan, "staff"), label=str(STAMP_LABEL)))
    return found


def shown_version(venture: Venture, versions: list[Submission]) -> Submission | None:
    """What the desk reads: the last version that was handed in, never what is being written. One query."""
    if not versions:
        return None
    found = Submission.objects.select_related("stamped_scan__file").get(pk=versions[-1].pk)
    found.venture = venture
    return found
