"""Files are looked through in a process of its own (common.inspector), limited in time and memory; here it is asked."""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

from common.child import Busy, Child, Ended
from common.files.zip_safety import Refused, broken
from common.limits.of_the_site import LOOK_MEMORY, LOOK_PROCESSOR, LOOK_QUEUE, LOOK_TIME, MB

CPU_SECONDS = LOOK_PROCESSOR.most
MEGABYTES = int(LOOK_MEMORY.most) // MB

logger = logging.getLogger(__name__)


def refuse_what_is_found(file: IO[bytes], kind: str, sentences: Mapping[str, str]) -> None:
    """Raises Refused with the sentence to what is found in `file`, which lies on the disk."""
    try:
        (found,) = _inspector().ask(
            json.dumps([kind, str(Path(file.name).resolve())]).encode(),
            arguments=[str(CPU_SECONDS), str(MEGABYTES)],
            answers=1,
            wall_seconds=LOOK_TIME.most,
            queue_seconds=LOOK_QUEUE.most,
        )
    except Busy:
        raise Refused(str(LOOK_QUEUE.refusal))
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
            raise Refused(str(LOOK_PROCESSOR.refusal))
        case word:
            raise Refused(sentences[word])


@cache
def _inspector() -> Child:
    return Child(Path(__file__).parent.parent / "inspector" / "__main__.py")
