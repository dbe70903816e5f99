"""How an organization stands on a day: everything that a rule of eligibility may ask, each with its evidence in words.

    s = standing(organization, on=round.closes_at.date())
    s.inspection.value      # Inspection(year=2019, conclusion="passed", is_checked=True) or None
    s.inspection.evidence   # "2019: Passed (checked by 初审员 on 2020-03-02)"

Records that are struck out do not count. What the organization declared and no clerk has seen yet counts, but says so
(`is_checked`); whether that is enough is for the rule to decide. A 备案 group has its own verification, listings, bans and
counts; what hangs on a registration (code, inspection, rating, account) is its host's: ask `s.host`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from common.clock import today
from common.wording import bracketed, clauses, labelled
from organizations.models import (
    RECORDS,
    AnnualInspection,
    ApplicantKind,
    Ban,
    CreditListing,
    EarlierGrant,
    Organization,
    PartyMark,
    Penalty,
    Place,
    Rating,
    Record,
    kind_among,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """A fact and what it rests on, as a sentence for the one who decides."""

    value: T
    evidence: str


@dataclass(frozen=True)
class Inspection:
    """`conclusion` is a value of AnnualInspection.Conclusion."""

    year: int
    conclusion: str
    is_checked: bool


@dataclass(frozen=True)
class Grade:
    """1 to 5 (A). `valid_until` is the last day."""

    grade: int
    valid_until: date
    is_checked: bool


@dataclass(frozen=True)
class Grant:
    """`level` is a value of EarlierGrant.Level."""

    level: str
    year: int


@dataclass(frozen=True)
class Standing:
    """One organization on one day."""

    organization: int
    name: str
    on: date
    kind: Known[str]  # code of its ApplicantKind; of a code that no kind knows, its first two characters
    is_verified: Known[bool]
    founded_on: Known[date | None]
    years: Known[int | None]  # whole years since it was founded; None: not known
    inspection: Known[Inspection | None]  # the latest that was concluded by this day
    inspections: Mapping[int, Known[Inspection]]  # by year, those concluded by this day
    rating: Known[Grade | None]  # in validity on this day
    listings: Known[tuple[str, ...]]  # kinds of the credit lists it is on (CreditListing.Kind)
    bans: Known[tuple[date, ...]]  # last days of the bans in force
    penalties: Sequence[Known[date]]  # 行政处罚 decided by this day, the latest first
    grants: Sequence[Known[Grant]]  # had from elsewhere, the latest first
    marks: Known[Mapping[str, date]]  # 四个纳入: PartyMark.Kind → day
    party_form: Known[str]  # Organization.PartyForm
    party_members: Known[int]
    place: Known[Place]
    has_account: Known[bool]
    host_agrees: Known[bool | None]  # None: needs no host
    host: "Standing | None"


def standing(organization: Organization, on: date | None = None) -> Standing:
    """How the organization stands `on` this day (None: today). Nine queries."""
    return standings([organization], on)[organization.pk]


def standings(organizations: Iterable[Organization], on: date | None = None) -> dict[int, Standing]:
    """The same for many, by key, in the same nine queries however many there are. As stored, not as given."""
    day = on or today()
    keys = [o.pk for o in organizations]
    rows = Organization.objects.filter(pk__in=keys).select_related("place", "host__place", "applicant_kind")
    known = {o.pk: o for o in rows}
    everyone = known | {o.host.pk: o.host for o in known.values() if o.host}
    records = {kind: _records(kind, everyone) for kind in RECORDS}

    kinds = list(ApplicantKind.objects.all())

    def of(o: Organization) -> Standing:
        host = of(o.host) if o.host else None
        return _standing(o, day, _kind(o, kinds), {kind: found.get(o.pk, []) for kind, found in records.items()}, host)

    return {pk: of(o) for pk, o in known.items()}


def _records(kind: type[Record], among: Iterable[int]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in kind.objects.in_force().filter(organization__in=list(among)):
        found[row.organization_id].append(row)
    return found


def _standing(
    o: Organization, day: date, kind: Known[str], records: Mapping[type[Record], list[Any]], host: Standing | None
) -> Standing:
    return Standing(
        organization=o.pk,
        name=o.name,
        on=day,
        kind=kind,
        is_verified=Known(o.is_verified, _verification(o)),
        founded_on=Known(o.founded_on, str(o.founded_on) if o.founded_on else _("The founding day is not on record.")),
        years=_years(o, day),
        inspection=_inspection(records[AnnualInspection], day),
        inspections={row.year: _inspected(row) for row in _concluded(records[AnnualInspection], day)},
        rating=_rating(records[Rating], day),
        listings=_listings(records[CreditListing], day),
        bans=_bans(records[Ban], day),
        penalties=[Known(row.decided_on, _with_document(row)) for row in records[Penalty] if row.decided_on <= day],
        grants=[Known(Grant(r.level, r.year), _seen(r)) for r in records[EarlierGrant] if r.year <= day.year],
        marks=_marks(records[PartyMark], day),
        party_form=Known(o.party_form, str(o.get_party_form_display())),
        party_members=Known(o.party_members, _("%(n)s Party members (count)") % {"n": o.party_members}),
        place=Known(o.place, str(o.place)),
        has_account=_account(o),
        host_agrees=_host_agrees(o),
        host=host,
    )


def _kind(o: Organization, kinds: Iterable[ApplicantKind]) -> Known[str]:
    found, number = kind_among(kinds, o), o.identification.told(o)
    if found is None:
        return Known("group" if o.is_group else o.credit_code[:2], number)
    return Known(found.code, labelled(found, number))


def _verification(o: Organization) -> str:
    if o.is_verified and o.verified_at:
        return _("Verified by %(who)s on %(day)s.") % {"who": o.verified_by, "day": localdate(o.verified_at)}
    if o.verification == Organization.Verification.REJECTED:
        return _("Verification was refused: %(note)s") % {"note": o.verification_note}
    return _("Not verified by the office yet.")


def _years(o: Organization, day: date) -> Known[int | None]:
    if o.founded_on is None:
        return Known(None, _("The founding day is not on record."))
    years = day.year - o.founded_on.year - ((day.month, day.day) < (o.founded_on.month, o.founded_on.day))
    return Known(
        years,
        _("Founded on %(founded)s; on %(day)s whole years: %(n)s.") % {"founded": o.founded_on, "day": day, "n": years},
    )


def _inspection(rows: list[AnnualInspection], day: date) -> Known[Inspection | None]:
    """The latest: rows come with the latest year first."""
    for row in _concluded(rows, day):
        return _inspected(row)
    return Known(None, _("No annual inspection is on record."))


def _concluded(rows: list[AnnualInspection], day: date) -> list[AnnualInspection]:
    return [r for r in rows if r.year <= day.year and (r.decided_on is None or r.decided_on <= day)]


def _inspected(row: AnnualInspection) -> Known[Any]:
    return Known(Inspection(row.year, row.conclusion, row.is_checked), _seen(row))


def _rating(rows: list[Rating], day: date) -> Known[Grade | None]:
    """Rows come with the latest award first; a later award replaces an earlier one."""
    begun = [row for row in rows if row.awarded_on <= day]
    if not begun:
        return Known(None, _("No rating is on record."))
    row = begun[0]
    if row.valid_until < day:
        return Known(None, _("The rating has expired: %(rating)s") % {"rating": row.told()})
    return Known(Grade(row.grade, row.valid_until, row.is_checked), _seen(row))


def _listings(rows: list[CreditListing], day: date) -> Known[tuple[str, ...]]:
    open_ = [r for r in rows if r.listed_on <= day and (r.removed_on is None or r.removed_on > day)]
    told = clauses(r.told() for r in open_) or _("On no credit list on %(day)s.") % {"day": day}
    return Known(tuple(r.kind for r in open_), told)


def _bans(rows: list[Ban], day: date) -> Known[tuple[date, ...]]:
    in_force = [r for r in rows if r.covers(day)]
    told = clauses(r.told() for r in in_force) or _("No ban is in force on %(day)s.") % {"day": day}
    return Known(tuple(r.until_on for r in in_force), told)


def _marks(rows: list[PartyMark], day: date) -> Known[Mapping[str, date]]:
    done = {r.kind: r for r in rows if r.done_on <= day}
    told = clauses(
        labelled(kind.label, done[kind].done_on if kind in done else _("not done")) for kind in PartyMark.Kind
    )
    return Known({kind: row.done_on for kind, row in done.items()}, told)


def _account(o: Organization) -> Known[bool]:
    if o.bank_name and o.bank_account:
        return Known(True, f"{o.bank_name} {o.masked_account}")
    return Known(False, _("No account of its own is on record."))


def _host_agrees(o: Organization) -> Known[bool | None]:
    if not o.is_group:
        return Known(None, _("It needs no host."))
    told = {
        Organization.Hosting.AGREED: _("%(host)s has agreed to be the host."),
        Organization.Hosting.DECLINED: _("%(host)s has declined to be the host."),
    }.get(Organization.Hosting(o.hosting), _("%(host)s has not answered yet."))
    return Known(o.hosting == Organization.Hosting.AGREED, told % {"host": o.host})


def _with_document(row: Record) -> str:
    return _seen(row) + (bracketed(row.document) if row.document else "")


def _seen(row: Record) -> str:
    if row.checked_at is None:
        return _("%(record)s (declared, not checked yet)") % {"record": row.told()}
    return _("%(record)s (checked by %(who)s on %(day)s)") % {
        "record": row.told(), "who": row.checked_by, "day": localdate(row.checked_at),
    }  # fmt: skip
