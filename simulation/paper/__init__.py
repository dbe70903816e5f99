"""Papers that organizations of a demonstration hand in: one made-up page each, and it says so."""

from pathlib import Path
from typing import Any

from common.pdf import render

TEMPLATE = Path(__file__).with_name("paper.typ")


def paper(title: str, facts: dict[str, Any], *, text: str, issuer: str, day: str, sealed: bool = True) -> bytes:
    """A page with a title, label and value of each fact, a sentence, and who issued it, under a seal that is no seal."""
    lines = [[label, str(value)] for label, value in facts.items() if value not in ("", None)]
    return render(
        TEMPLATE, {"title": title, "facts": lines, "text": text, "issuer": issuer, "day": day, "seal": sealed}
    )
