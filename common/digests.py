"""Digests of canonical values: equal meaning, equal value, equal digest."""

import hashlib
import json
from typing import Any


def digest(value: Any) -> str:
    """Twelve letters for a canonical value: what a page was made from (its base digest)."""
    return hashlib.sha256(as_json(value).encode()).hexdigest()[:12]


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
