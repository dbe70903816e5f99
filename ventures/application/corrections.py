"""What a correction opens in an application, and whether it is answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from common.wording import labelled
from ventures.models import Correction, Pin, Remark, StampedScan, Venture
from ventures.states import State

STAMP = "stamp"  # the path of the stamped form in pins and in what is missing
STAMP_LABEL = _("Stamped scan of the application")
ORGANIZATION = "organization"  # the path of the data of the organization
ORGANIZATION_LABEL = _("Applicant organization")
EDITABLE = frozenset({State.DRAFT, State.RETURNED})


class ToHandIn(Protocol):
    """What is about to be handed in (`ventures.application.content.ApplicationContent`)."""

    @property
    def hash(self) -> str: ...
    @property
    def stamp(self) -> StampedScan | None: ...


def open_paths(venture: Venture) -> set[str] | None:
    """Paths that may be changed; None for all (a draft). Of a returned application those that its correction pins."""
    if venture.state != State.RETURNED:
        return None
    pins = Pin.objects.filter(correction__venture=venture.pk, correction__answered_by=None)
    return set(pins.values_list("path", flat=True))


def open_correction(venture: Venture) -> Correction | None:
    """The correction that waits for an answer, with its pins."""
    if venture.state != State.RETURNED:
        return None
    rows = Correction.objects.filter(venture=venture.pk, answered_by=None).prefetch_related("pins")
    return rows.first()


def full_note(reason: str, pins: Iterable[Pin]) -> str:
    """What the applicant is told: the reason, and a line for each pinned field."""
    lines = [reason, *(labelled(pin.label, pin.remark) if pin.remark else pin.label for pin in pins)]
    return "\n".join(line for line in lines if line)


def correction_notes(ventures: Sequence[Venture]) -> dict[int, str]:
    """Venture → what its open correction asks for, as it was told. One query: no correction is without a pin."""
    open_ = Pin.objects.filter(correction__venture__in=[v.pk for v in ventures], correction__answered_by=None)
    pins: dict[int, list[Pin]] = defaultdict(list)
    for pin in open_.select_related("correction").order_by("pk"):
        pins[pin.correction.venture_id].append(pin)
    return {venture: full_note(found[0].correction.note, found) for venture, found in pins.items()}


def is_answered(correction: Correction, content: ToHandIn) -> bool:
    """Whether something differs from what was returned, or the applicant has said since why nothing does."""
    returned = correction.submission
    if returned.hash != content.hash:
        return True
    if returned.stamped_scan_id != (content.stamp.pk if content.stamp else None):
        return True
    said = Remark.objects.filter(venture=correction.venture_id, from_desk=False, at__gte=correction.at)
    return said.exists()
