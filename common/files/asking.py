"""Files are looked through in a process of its own (common.inspector), limited in time and memory; here it is asked."""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from common.child import Busy, Child, Ended
from common.files.zip_safety import Refused, broken

CPU_SECONDS = 1.5  # for one file; 300 scanned pages take 0.1
WALL_SECONDS = 20.0  # for one file on a machine with much else to do
QUEUE_SECONDS = 20.0  # until those before are looked through
MEGABYTES = 640  # of memory that the process may have

logger = logging.getLogger(__name__)


def refuse_what_is_found(file: IO[bytes], kind: str, sentences: Mapping[str, str]) -> None:
    """Raises Refused with the sentence to what is found in `file`, which lies on the disk."""
    try:
        (found,) = _inspector().ask(
            json.dumps([kind, str(Path(file.name).resolve())]).encode(),
            arguments=[str(CPU_SECONDS), str(MEGABYTES)],
            answers=1,
            wall_seconds=WALL_SECONDS,
            queue_seconds=QUEUE_SECONDS,
        )
    except Busy:
        raise Refused(_("Many files are being looked through just now. Please hand it in again in a minute."))
    except Ended as e:
        if e.code >= 0:  # it did not start, or has a fault of ours: nothing is taken unseen
            logger.error("the process that looks through files ended with %s", e.code)
        found = b"heavy"
    match found.decode():
        case "":
            return
        case "damaged":
            raise broken()
        case "heavy":
            raise Refused(
                _(
                    "Looking through the file takes more time or memory than documents need. Save it anew with less in"
                    " it (Save As), or print it to a new PDF."
                )
            )
        case word:
            raise Refused(sentences[word])


@cache
def _inspector() -> Child:
    return Child(Path(__file__).parent.parent / "inspector" / "__main__.py")
