"""The import of a register: take in a file, check it (the worker), store it all or not at all (the worker)."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common import search
from common.clock import now
from common.errors import Conflict, Invalid, NotAllowed, Stale
from common.files import SHEETS, is_unchanged, path_of, store
from common.machine.actors import SYSTEM, name_of, stamp
from common.models import Job, JournalEntry, record
from common.spreadsheets import Hidden, read_cells
from common.work import jobs
from common.work.jobs import Finish, Progress
from organizations.actions.register import ACCOUNT_FIELDS, SEARCHED, VERIFIED_FIELDS
from organizations.models import AnnualInspection, Organization, Rating, RegisterImport
from organizations.register_file.checking import check
from organizations.register_file.comparing import Entry, facts_of, line_of, plan
from organizations.register_file.reading import MAX_COLUMNS, MAX_ROWS, Errors, Sheet, open_sheet, read

CHECK, STORE = "organizations.check_import", "organizations.store_import"
MAX_BYTES = 10 * 1024 * 1024
BATCH = 500
State = RegisterImport.State


@transaction.atomic
def take_in(upload: File, *, by: Any) -> RegisterImport:
    """Keep the file and have it checked. Raises NotAllowed, Invalid(file)."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    file = store(upload, by=by, allowed=SHEETS, max_bytes=MAX_BYTES)
    import_ = RegisterImport.objects.create(file=file, **stamp(by))
    _enqueue(import_, CHECK, by)
    record(import_, "take_in_register", by=by, name=file.name, sha256=file.sha256)
    return import_


@transaction.atomic
def check_again(import_: RegisterImport, *, by: Any) -> RegisterImport:
    """The register has changed, or the work broke off: check the same file anew."""
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    row = _locked(import_)
    if row.state == State.STORED:
        raise Conflict(_("This file was stored on %(at)s.") % {"at": row.stored_at})
    if row.is_busy:
        raise Conflict(_("This file is being worked on."))
    row.state, row.findings, row.plan = State.CHECKING, {}, ""
    _enqueue(row, CHECK, by)
    return row


@transaction.atomic
def store_import(import_: RegisterImport, *, by: Any, sha256: str, with_hidden: bool = False) -> RegisterImport:
    """Have the file stored whose preview was seen; `sha256` is the hash that the preview showed. `with_hidden`: what is
    hidden in the file is meant as well.

    Raises NotAllowed, Stale when it is another file, Conflict when it has errors, was stored already, or something in it is
    hidden and nobody has said that it is meant.
    """
    if not by.has_perm("organizations.keep"):
        raise NotAllowed
    row = _locked(import_)
    if row.file.sha256 != sha256:
        raise Stale(_("This is not the file whose preview you have seen. Please look at it again."))
    if row.state != State.READY:
        raise Conflict(
            _("“%(name)s” cannot be stored: it is “%(state)s”.") % {"name": row, "state": row.get_state_display()}
        )
    if row.findings.get("hidden") and not with_hidden:
        raise Conflict(
            _("The file has hidden rows or columns. Say that they are to be stored as well, or hand in another.")
        )
    row.state = State.STORING
    _enqueue(row, STORE, by)
    return row


def _locked(import_: RegisterImport) -> RegisterImport:
    rows = RegisterImport.objects.select_for_update(of=("self",)).select_related("file", "job")
    return rows.get(pk=import_.pk)


def _enqueue(import_: RegisterImport, kind: str, by: Any) -> None:
    params = {"import": import_.pk, "language": translation.get_language()}
    import_.job = jobs.enqueue(kind, params, by=by)
    import_.save()


# --- The worker's part ------------------------------------------------------------------------------------------------


def check_import(job: Job, progress: Progress) -> Finish:
    """Read the file and compare it with the register; stores the findings only."""
    import_ = _of(job)
    errors, hidden = Errors(), Hidden()
    with translation.override(job.params["language"]):
        try:
            sheet = _sheet(import_, hidden)
            found = check(sheet, read(sheet, errors), errors, lambda row: progress(row, max(row, MAX_ROWS // 2)))
            if not found.rows:
                raise Invalid(_("There is no row below the headings."))
            found.hidden = hidden.told()
            findings, plan_hash = found.as_json(errors), found.plan
        except Invalid as e:
            findings, plan_hash = {"refused": str(e), "errors": [], "n_errors": 0}, ""
    state = State.READY if plan_hash and not errors.count else State.REFUSED
    mine = RegisterImport.objects.filter(pk=import_.pk, job=job, state=State.CHECKING)
    return Finish({"state": state}, commit=lambda: mine.update(state=state, findings=findings, plan=plan_hash))


def import_register(job: Job, progress: Progress) -> Finish:
    """Store what the preview showed: the file is read first, all rows are written in the finishing transaction."""
    import_ = _of(job)
    if not is_unchanged(import_.file):
        raise Conflict(_("The file “%(name)s” is not the one that was handed in.") % {"name": import_})
    with translation.override(job.params["language"]):
        errors = Errors()
        sheet = _sheet(import_)
        rows = list(read(sheet, errors))
    progress(1, 2)

    def commit() -> None:
        with translation.override(job.params["language"]):
            _store(import_, sheet, rows, errors, job)

    return Finish({"rows": len(rows)}, commit=commit)


def _of(job: Job) -> RegisterImport:
    return RegisterImport.objects.select_related("file").get(pk=job.params["import"], job=job)


def _sheet(import_: RegisterImport, hidden: Hidden | None = None) -> Sheet:
    return open_sheet(_cells(import_, hidden))


def _cells(import_: RegisterImport, hidden: Hidden | None) -> Iterator[tuple[int, list[Any]]]:
    with path_of(import_.file).open("rb") as f:
        yield from read_cells(
            f, name=import_.file.name, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS, max_bytes=MAX_BYTES, hidden=hidden
        )


@transaction.atomic
def _store(import_: RegisterImport, sheet: Sheet, rows: list[Any], errors: Errors, job: Job) -> None:
    row = _locked(import_)
    if row.state != State.STORING or row.job_id != job.pk:
        raise Conflict(_("This file was stored on %(at)s.") % {"at": row.stored_at})
    by = User.objects.filter(pk=job.requested_by_id or 0).first() or SYSTEM
    digest = hashlib.sha256()
    writer = _Writer(by)
    register = Organization.objects.select_for_update(of=("self",))
    try:
        with transaction.atomic():
            for entry in plan(rows, sheet, errors, register):
                digest.update(line_of(entry))
                writer.add(entry)
            writer.flush()
            if errors.count or digest.hexdigest() != row.plan:
                raise Stale(_changed())
    except IntegrityError:  # somebody registered one of them between the question and the answer
        raise Stale(_changed()) from None
    row.state, row.stored_at = State.STORED, now()
    row.save(update_fields=["state", "stored_at"])
    record(row, "import_register", by=by, name=row.file.name, sha256=row.file.sha256, **writer.counts)


def _changed() -> str:
    return _("The register has changed since the preview; nothing was stored. Please check the file again.")


class _Writer:
    """Writes entries by batches: organizations, their records, one line of the journal for each."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.counts: dict[str, Any] = {"new": 0, "changed": 0, "same": 0}
        self.waiting: list[Entry] = []

    def add(self, entry: Entry) -> None:
        if entry.is_empty:
            self.counts["same"] += 1
            return
        if entry.host and self.waiting and not self.waiting[-1].host:
            self.flush()  # the first group: its host may be among those that wait
        self.counts["new" if entry.pk is None else "changed"] += 1
        self.waiting.append(entry)
        if len(self.waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        batch, self.waiting = self.waiting, []
        hosts = self._hosts(batch)
        new = [(e, _new(e, hosts, self.by)) for e in batch if e.pk is None]
        Organization.objects.bulk_create([o for __, o in new])
        self._change([e for e in batch if e.pk is not None and e.values], hosts)
        keys = {e.row: o.pk for e, o in new} | {e.row: e.pk for e in batch if e.pk is not None}
        self._inspections([e for e in batch if e.inspection], keys)
        self._ratings([e for e in batch if e.rating], keys)
        search.index_many(SEARCHED, (keys[e.row] for e in batch if "name" in e.values))
        by = stamp(self.by)
        JournalEntry.objects.bulk_create(
            JournalEntry(
                subject_kind=Organization._meta.label_lower,
                subject_id=keys[e.row],
                verb="import_new" if e.pk is None else "import_change",
                facts=facts_of(e),
                **by,
            )
            for e in batch
        )

    def _hosts(self, batch: Iterable[Entry]) -> dict[str, int]:
        codes = {e.host for e in batch if e.host}
        return dict(Organization.objects.filter(credit_code__in=codes).values_list("credit_code", "pk"))

    def _change(self, entries: list[Entry], hosts: dict[str, int]) -> dict[int, Organization]:
        """Rows as they were locked, changed, one version up; what had been verified falls back where it matters."""
        if not entries:
            return {}
        rows: dict[int, Organization] = Organization.objects.in_bulk([e.pk for e in entries])
        touched = {"version", "verification", "account_changed_by_id"}
        for e in entries:
            o = rows[e.pk or 0]
            for name, value in e.values.items():
                if name == "host":
                    o.host_id, o.hosting = hosts[value], Organization.Hosting.AGREED
                    touched |= {"host", "hosting"}
                else:
                    setattr(o, name, value)
                    touched.add(name.removesuffix("_id"))
            if "name" in touched:
                touched.add("name_key")
            if not o.is_verified or set(e.values) & {*VERIFIED_FIELDS, "host"}:
                o.verification = Organization.Verification.UNVERIFIED
            if set(e.values) & set(ACCOUNT_FIELDS):
                o.account_changed_by_id = self.by.pk
            o.version += 1
        Organization.objects.bulk_create(
            list(rows.values()), update_conflicts=True, unique_fields=["id"], update_fields=sorted(touched)
        )
        return rows

    def _inspections(self, entries: list[Entry], keys: dict[int, Any]) -> None:
        rows = AnnualInspection.objects.in_force()
        for e in entries:
            if e.inspection and e.before.get("inspection"):
                year, conclusion = e.inspection
                rows.filter(organization=keys[e.row], year=year).update(
                    conclusion=conclusion, checked_at=now(), checked_by=name_of(self.by)
                )
        AnnualInspection.objects.bulk_create(
            AnnualInspection(
                organization_id=keys[e.row], year=e.inspection[0], conclusion=e.inspection[1], **self._seen()
            )
            for e in entries
            if e.inspection and not e.before.get("inspection")
        )

    def _ratings(self, entries: list[Entry], keys: dict[int, Any]) -> None:
        rows = Rating.objects.in_force()
        for e in entries:
            if e.rating and e.before.get("rating"):
                grade, awarded_on, valid_until = e.rating
                rows.filter(organization=keys[e.row], awarded_on=awarded_on).update(
                    grade=grade, valid_until=valid_until, checked_at=now(), checked_by=name_of(self.by)
                )
        Rating.objects.bulk_create(
            Rating(
                organization_id=keys[e.row], grade=e.rating[0], awarded_on=e.rating[1], valid_until=e.rating[2],
                **self._seen(),
            )
            for e in entries
            if e.rating and not e.before.get("rating")
        )  # fmt: skip

    def _seen(self) -> dict[str, Any]:
        name = name_of(self.by)
        return {"entered_by": name, "checked_by": name, "checked_at": now()}


def _new(entry: Entry, hosts: dict[str, int], by: Any) -> Organization:
    """A group of the bureau's own list needs nobody's agreement any more."""
    hosting = Organization.Hosting.AGREED if entry.host else Organization.Hosting.NONE
    return Organization(
        **entry.values, credit_code=entry.code, host_id=hosts[entry.host] if entry.host else None, hosting=hosting,
        account_changed_by_id=by.pk if entry.values.keys() & set(ACCOUNT_FIELDS) else None,
    )  # fmt: skip
