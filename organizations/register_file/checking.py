"""The check of a whole file: everything that its preview shows, and the hash of what would be stored."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from common.text import masked
from organizations.codes import doubts
from organizations.models import AnnualInspection, Organization, Place, Rating
from organizations.register_file.comparing import Entry, line_of, plan
from organizations.register_file.reading import Errors, Row, Sheet, shown

SHOWN_ROWS, SHOWN_CHANGES, SHOWN_NOTICES = 20, 200, 200


@dataclass
class Findings:
    """What the preview shows. JSON by `as_json`."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    columns: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    first: list[list[str]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    notices: list[tuple[int, str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    plan: str = ""

    def as_json(self, errors: Errors) -> dict[str, Any]:
        told = {k: v for k, v in self.__dict__.items() if k != "plan"}
        return {**told, "errors": sorted(map(list, errors.found), key=lambda e: e[0]), "n_errors": errors.count}


def check(sheet: Sheet, rows: Iterable[Row], errors: Errors, progress: Callable[[int], Any]) -> Findings:
    """Go through the whole file and tell everything; nothing is stored."""
    found = Findings(columns=[c.heading for __, c in sheet.layout], unknown=sheet.unknown)
    digest = hashlib.sha256()
    places = dict(Place.objects.values_list("pk", "name"))

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        for found.rows, row in enumerate(rows, 1):
            if len(found.first) < SHOWN_ROWS:
                found.first.append([_said(row.values.get(c.name), c.name, places) for __, c in sheet.layout])
            code = row.values.get("credit_code")
            if code and len(found.notices) < SHOWN_NOTICES:
                found.notices += [(row.number, code, sentence) for sentence in doubts(code)]
            if found.rows % 100 == 0:
                progress(row.number)
            yield row

    for entry in plan(counted(rows), sheet, errors):
        digest.update(line_of(entry))
        if entry.pk is None:
            found.new += 1
        elif entry.is_empty:
            found.same += 1
        else:
            found.changed += 1
            if len(found.changes) < SHOWN_CHANGES:
                found.changes.append(_change(entry, sheet.headings, places))
    found.plan = digest.hexdigest()
    return found


def _change(entry: Entry, names: Mapping[str, str], places: Mapping[int, str]) -> dict[str, Any]:
    """{row, code, pk, what: [[heading, before, after]]}"""
    what = [
        [names.get("host_code" if name == "host" else name, name), _said(entry.before.get(name), name, places), _said(value, name, places)]
        for name, value in entry.values.items()
    ]  # fmt: skip
    if entry.inspection:
        year, conclusion = entry.inspection
        before = entry.before.get("inspection")
        what.append([
            f"{names.get('inspection', '')} {year}",
            _said(before, "conclusion", places), _said(conclusion, "conclusion", places),
        ])  # fmt: skip
    if entry.rating:
        was = entry.before.get("rating")
        what.append(
            [
                names.get("grade", ""),
                _said(was[0] if was else None, "grade", places),
                _said(entry.rating[0], "grade", places),
            ]
        )
    return {"row": entry.row, "pk": entry.pk, "code": entry.code, "what": what}


_LABELS: Mapping[str, Any] = {
    "management": Organization.Management, "service": Organization.Service, "party_form": Organization.PartyForm,
    "field": Organization.Field, "conclusion": AnnualInspection.Conclusion,
    "grade": Rating.Grade,
}  # fmt: skip


def _said(value: Any, name: str, places: Mapping[int, str]) -> str:
    """A value as it is stored, in words."""
    if value is None or value == "":
        return "—"
    if name == "bank_account":
        return masked(value)
    if name == "place_id":
        return places.get(value, "")
    if name in _LABELS:
        return str(_LABELS[name](value).label)
    if name == "inspection":
        return f"{value[0]} {AnnualInspection.Conclusion(value[1]).label}"
    return shown(value)
