"""What the rows of a file would do to the register: new, changed, the same, or wrong.

The register is asked by sets of rows, never by row. The plan is a stream, so that the check of a long file keeps only
its findings; its hash says what would be stored over what: if storing comes to another hash, the register has changed
in between.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from common.normal_forms import unit_name
from common.text import masked
from organizations.models import AnnualInspection, Organization, Rating
from organizations.register_file.reading import REQUIRED, Errors, Row, Sheet

CHUNK = 1000  # rows that are compared at once
FIELDS = (
    "name", "management", "place_id", "field", "service", "founded_on", "registrar", "supervising_body",
    "legal_representative", "address", "phone", "full_time_staff", "volunteers", "party_form", "party_members",
    "bank_name", "bank_account",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be stored of one row. `pk`: None for a new organization. `records`: inspection and rating, if new."""

    row: int
    pk: int | None
    code: str
    host: str  # code of the host of a 备案 group
    values: Mapping[str, Any]  # all of a new one; of a known one only what changes
    before: Mapping[str, Any]
    inspection: tuple[int, str] | None = None
    rating: tuple[Any, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return self.pk is not None and not self.values and self.inspection is None and self.rating is None


def line_of(entry: Entry) -> bytes:
    """The entry as it goes into the hash of the plan: what would be stored, and over what."""
    return repr(
        (entry.row, entry.pk, entry.code, entry.host, sorted(entry.values.items()), sorted(entry.before.items()),
         entry.inspection, entry.rating)
    ).encode("utf-8", "replace")  # fmt: skip


def plan(rows: Iterable[Row], sheet: Sheet, errors: Errors, register: Any = None) -> Iterator[Entry]:
    """Compare with the register, `register` being a queryset of it (locked, when it is to be stored).

    Rows with a code first; groups come last, because a host may stand anywhere in the file.
    """
    organizations = Organization.objects.all() if register is None else register
    compare = _Comparison(sheet, errors, organizations)
    groups: list[Row] = []
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        groups += [row for row in chunk if _is_group(row)]
        yield from compare.registered([row for row in chunk if not _is_group(row)])
    for start in range(0, len(groups), CHUNK):
        yield from compare.groups(groups[start : start + CHUNK])


def _is_group(row: Row) -> bool:
    kind = row.values.get("kind")
    hosted = "host_code" in row.values or (kind is not None and kind.identified_by == "host")
    return "credit_code" not in row.values and hosted


def _name_keys(rows: list[Row]) -> set[str]:
    return {unit_name(row.values["name"]) for row in rows if row.values.get("name")}


class _Comparison:
    """Remembers what the file has said so far: which code and name stands in which row."""

    def __init__(self, sheet: Sheet, errors: Errors, organizations: Any) -> None:
        self.sheet, self.errors, self.organizations = sheet, errors, organizations
        self.codes: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def wrong(self, row: Row, name: str, value: Any, said: str) -> None:
        self.errors.add(row.number, self.sheet.headings[name], value, said)

    def registered(self, rows: list[Row]) -> Iterator[Entry]:
        codes = {row.values["credit_code"] for row in rows if row.values.get("credit_code")}
        known = {r["credit_code"]: r for r in self._known(credit_code__in=codes)}
        taken = self._taken(rows)
        inspections, ratings = self._records(rows, [r["pk"] for r in known.values()])
        for row in rows:
            v = row.values
            code = v.get("credit_code")
            fine = "bad" not in v
            if "credit_code" not in v:
                fine = False
                self.wrong(row, "credit_code", None, _("Missing. A group without a code needs the code of its host."))
            elif code and (first := self.codes.setdefault(code, row.number)) != row.number:
                fine = False
                self.wrong(row, "credit_code", code, _("The same code stands in row %(row)s.") % {"row": first})
            stored = known.get(code) if code else None
            fine = self._name_fits(row, stored, taken, code or "") and fine
            fine = self._prefix_fits(row, code) and fine
            fine = self._rating_fits(row) and fine
            if stored is None:
                fine = self._complete(row) and fine
            if fine:
                yield self._entry(row, stored, code or "", "", inspections, ratings)

    def groups(self, rows: list[Row]) -> Iterator[Entry]:
        """Groups are known by their name; their host has to be in the register or in the file."""
        known = {unit_name(r["name"]): r for r in self._known(name_key__in=_name_keys(rows), credit_code="")}
        taken = self._taken(rows)
        hosts = {row.values["host_code"] for row in rows if row.values.get("host_code")}
        there = set(Organization.objects.filter(credit_code__in=hosts).values_list("credit_code", flat=True))
        inspections, ratings = self._records(rows, [r["pk"] for r in known.values()])
        for row in rows:
            host = row.values.get("host_code")
            fine = "bad" not in row.values
            stored = known.get(unit_name(row.values.get("name") or ""))
            if "host_code" not in row.values:
                fine = False
                self.wrong(row, "host_code", None, _("Missing. A group without a code needs the code of its host."))
            elif host and host not in there and host not in self.codes:
                fine = False
                said = _("No organization with this code is in the register or in the file.")
                self.wrong(row, "host_code", host, said)
            fine = self._name_fits(row, stored, taken, "") and fine
            fine = self._rating_fits(row) and fine
            if stored is None:
                fine = self._complete(row) and fine
            if fine:
                yield self._entry(row, stored, "", host or "", inspections, ratings)

    def _known(self, **which: Any) -> Iterable[Any]:
        return self.organizations.filter(**which).order_by("pk").values(
            "pk", "credit_code", "verification", "version", "host__credit_code", *FIELDS
        )  # fmt: skip

    def _taken(self, rows: list[Row]) -> dict[str, str]:
        """Names that are in the register already, as they are compared → code of who has it."""
        rows_of = Organization.objects.filter(name_key__in=_name_keys(rows))
        return dict(rows_of.values_list("name_key", "credit_code"))

    def _records(self, rows: list[Row], pks: list[int]) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """What is on record: (organization, year) → conclusion, (organization, day) → (grade, valid until)."""
        inspections: dict[Any, Any] = {}
        ratings: dict[Any, Any] = {}
        if pks and any("inspection" in row.values for row in rows):
            on_record = AnnualInspection.objects.in_force().filter(organization__in=pks)
            inspections = {(o, y): c for o, y, c in on_record.values_list("organization_id", "year", "conclusion")}
        if pks and any("grade" in row.values for row in rows):
            rated = Rating.objects.in_force().filter(organization__in=pks)
            values = rated.values_list("organization_id", "awarded_on", "grade", "valid_until")
            ratings = {(o, d): (g, u) for o, d, g, u in values}
        return inspections, ratings

    def _name_fits(self, row: Row, stored: Any, taken: Mapping[str, str], code: str) -> bool:
        name = row.values.get("name")
        if not name:
            return "name" in row.values or stored is not None
        key, stored_key = unit_name(name), unit_name(stored["name"]) if stored else ""
        if (first := self.names.setdefault(key, row.number)) != row.number:
            self.wrong(row, "name", name, _("The same name stands in row %(row)s.") % {"row": first})
            return False
        if key in taken and stored_key != key:
            said = _("This name is in the register already, with the code %(code)s.") % {"code": taken[key] or "—"}
            self.wrong(row, "name", name, said)
            return False
        if stored is not None and stored_key != key and unit_name(row.values.get("former_name") or "") != stored_key:
            said = _(
                "The code %(code)s belongs to “%(name)s” in the register. If it was renamed, enter the old name in the column “%(column)s”."
            )
            self.wrong(row, "name", name, said % {"code": code, "name": stored["name"], "column": "曾用名"})
            return False
        return True

    def _prefix_fits(self, row: Row, code: str | None) -> bool:
        kind = row.values.get("kind")
        if not kind or not code or code.startswith(tuple(kind.prefixes)):
            return True
        said = _("“%(kind)s” does not agree with the code, which begins with %(prefix)s.")
        self.wrong(row, "kind", kind.name, said % {"kind": kind.name, "prefix": code[:2]})
        return False

    def _rating_fits(self, row: Row) -> bool:
        v = row.values
        if not v.get("grade"):
            return True
        for name in ("awarded_on", "valid_until"):
            if name not in v:
                self.wrong(row, name, None, _("Missing. A grade needs the day of the award and its last day."))
                return False
        if v["awarded_on"] and v["valid_until"] and v["valid_until"] < v["awarded_on"]:
            self.wrong(row, "valid_until", v["valid_until"], _("The rating cannot end before it was awarded."))
            return False
        return True

    def _complete(self, row: Row) -> bool:
        missing = [name for name in REQUIRED if name not in row.values]
        for name in missing:
            self.wrong(row, name, None, _("Missing. Of merged cells only the first counts."))
        return not missing

    def _entry(self, row: Row, stored: Any, code: str, host: str, inspections: Any, ratings: Any) -> Entry:
        v = row.values
        given = {name: v[name] for name in FIELDS if name in v}
        inspection, rating = v.get("inspection"), None
        if v.get("grade"):
            rating = (v["grade"], v["awarded_on"], v["valid_until"])
        if stored is None:
            return Entry(row.number, None, code, host, given, {}, inspection, rating)
        changes = {name: value for name, value in given.items() if stored[name] != value}
        before = {name: stored[name] for name in changes}
        if host and stored["host__credit_code"] != host:
            changes["host"], before["host"] = host, stored["host__credit_code"]
        pk = stored["pk"]
        if inspection and inspections.get((pk, inspection[0])) == inspection[1]:
            inspection = None
        elif inspection:
            before["inspection"] = inspections.get((pk, inspection[0]))
        if rating and ratings.get((pk, rating[1])) == (rating[0], rating[2]):
            rating = None
        elif rating:
            before["rating"] = ratings.get((pk, rating[1]))
        return Entry(row.number, pk, code, host, changes, before, inspection, rating)


def _kept(name: str, value: Any) -> Any:
    """What the journal keeps of a value: of an account its last digits."""
    return masked(value) if name == "bank_account" and value else value


def facts_of(entry: Entry) -> dict[str, str]:
    """What the journal keeps: the row of the file, and of a known organization what was changed from what."""
    told = {"row": str(entry.row)}
    if entry.pk is not None:
        told |= {name: f"{_kept(name, entry.before.get(name))} → {_kept(name, v)}" for name, v in entry.values.items()}
    if entry.inspection:
        told["inspection"] = " ".join(map(str, entry.inspection))
    if entry.rating:
        told["rating"] = " ".join(map(str, entry.rating))
    return told
