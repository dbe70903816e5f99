"""The papers of an application: what is attached, and whether the stamped form is the one that would be submitted."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ventures.content import freeze, hash_of
from ventures.models import StampedScan, Venture

STAMP = "stamp"  # the path of the stamped form in pins and in what is missing
STAMP_LABEL = _("Stamped scan of the application")


def valid_stamp(venture: Venture, content: Mapping[str, Any] | None = None) -> StampedScan | None:
    """The stamped scan of exactly this content, the last one; an edit after stamping makes it invalid."""
    if not venture.stamped_scans.exists():
        return None
    wanted = hash_of(content if content is not None else freeze(venture))
    return venture.stamped_scans.filter(content_hash=wanted).order_by("pk").last()
