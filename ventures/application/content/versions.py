"""What differs between two frozen versions of an application."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.wording import labelled
from organizations.models import Organization
from ventures.application.content.fields import Form
from ventures.application.content.values import empty, shown
from ventures.application.corrections import ORGANIZATION, ORGANIZATION_LABEL


@dataclass(frozen=True)
class Difference:
    """A field that differs. `parts` are (old, new) runs of its text, equal where they are the same."""

    path: str
    label: str
    old: str
    new: str

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """("equal" | "delete" | "insert" | "replace", old, new), for marking what was struck and what was added."""
        old, new = _pieces(self.old), _pieces(self.new)
        matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
        return [(tag, "".join(old[a:b]), "".join(new[c:d])) for tag, a, b, c, d in matcher.get_opcodes()]


def _pieces(text: str) -> list[str]:
    """Characters, but numbers in one piece: 200 and 80 have no digit in common that would mean anything."""
    return re.findall(r"\d[\d,.]*|.", text, re.DOTALL)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], form: Form) -> list[Difference]:
    """Fields whose frozen values differ, in the order of the form; the organization's data as one field."""
    before = {f["path"]: f["value"] for f in old["fields"]}
    after = {f["path"]: f["value"] for f in new["fields"]}
    found = [
        Difference(f.path, f.label, shown(f, before.get(f.path, empty(f))), shown(f, after.get(f.path, empty(f))))
        for f in form
        if before.get(f.path, empty(f)) != after.get(f.path, empty(f))
    ]
    if old["organization"] != new["organization"]:
        found.append(_of_organization(old["organization"], new["organization"]))
    return found


def _of_organization(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    changed = [name for name in new if old.get(name) != new[name]]

    def lines(of: Mapping[str, Any]) -> str:
        return "\n".join(labelled(Organization._meta.get_field(n).verbose_name, of.get(n, "")) for n in changed)  # type: ignore[union-attr]

    return Difference(ORGANIZATION, str(ORGANIZATION_LABEL), lines(old), lines(new))
