"""What can be done with summaries: ask for one, make it (the worker), hand out a copy."""

import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access_log import log
from accounts.models import Kind, User
from common.clock import today
from common.errors import Conflict, Invalid, NotAllowed
from common.files.disk import sha256_of
from common.limits import take
from common.machine.actors import SYSTEM
from common.models import Job, record
from common.snapshot import snapshot
from common.wording import labelled
from common.work import jobs
from common.work.jobs import Finish, Progress
from organizations.models import Platform
from organizations.queries import subtree
from reports.audience import Audience, audiences_of, narrowest
from reports.limits import KIND, WAITING, WAITING_OF_PERSON
from reports.models import Workbook
from reports.queries import Scope, scope_of
from reports.sheets import SHEETS, audience_of, build, file_name, sheets_for
from reports.writer import WrittenFile, sweep, write
from rounds.models import Round

FOLDER = "workbooks"


@transaction.atomic
def request_workbook(
    round: Round,
    *,
    by: Any,
    platform: Platform | None = None,
    sheets: Sequence[str] | None = None,
    as_of: date | None = None,
    audience: Audience = Audience.OFFICE,
) -> Job:
    """Ask for the summaries of a round: of the city, or of a platform and those below it. Returns the queued job.

    `sheets` are keys of `reports.sheets.SHEETS` (None: all that `by` and the audience may read); `as_of` is the last day
    that counts (None: today). `audience` says who is to read it: a platform's own people, whatever an operator asks for,
    or the office; with scores in it, only who runs the review.
    Raises NotAllowed (staff may; an operator for the own platforms), Invalid(sheets, as_of, platform).
    """
    platform = platform or round.platform
    if not by.has_perm("reports.make", platform):
        raise NotAllowed
    day = as_of or today()
    if Audience.OFFICE not in audiences_of(by):
        audience = Audience.PLATFORM
    allowed = list(sheets_for(by, audience))
    keys = allowed if sheets is None else [k for k in SHEETS if k in sheets]
    _check(round, platform, keys, sheets, day, allowed)
    params = {
        "round": round.pk, "platform": platform.pk, "sheets": keys, "as_of": day.isoformat(),
        "audience": audience if audience == Audience.PLATFORM else narrowest([audience, audience_of(keys)]),
    }  # fmt: skip
    log(Kind.EXPORT_ORDERED, by=by, what=labelled(f"{round} · {platform} · {day}", ", ".join(keys)))
    return jobs.enqueue(KIND, params, by=by)


@transaction.atomic
def order_workbook(round: Round, *, by: Any, **asked: Any) -> Job:
    """`request_workbook` of somebody before a page, who waits for a few at a time. Raises TooMany as well."""
    User.objects.select_for_update().get(pk=by.pk)  # of two orders at once the second counts the first
    take(WAITING_OF_PERSON, account=by.pk)
    take(WAITING)
    return request_workbook(round, by=by, **asked)


def _check(
    round_: Round, platform: Platform, keys: list[str], asked: Sequence[str] | None, day: date, allowed: Sequence[str]
) -> None:
    fields: dict[str, list[Any]] = {}
    if unknown := sorted(set(asked or ()) - set(keys)):
        fields["sheets"] = [_("There is no sheet “%(name)s”.") % {"name": name} for name in unknown]
    elif refused := [SHEETS[key] for key in keys if key not in allowed]:
        fields["sheets"] = [
            _("“%(name)s” is for %(audience)s only.") % {"name": form.name, "audience": form.audience.label}
            for form in refused
        ]
    elif not keys:
        fields["sheets"] = [_("Choose at least one sheet.")]
    if day > today():
        fields["as_of"] = [
            _("%(day)s is in the future; today is %(today)s.") % {"day": day.isoformat(), "today": today().isoformat()}
        ]
    if platform.pk not in subtree(round_.platform):
        fields["platform"] = [
            _("%(platform)s does not belong to %(city)s.") % {"platform": platform, "city": round_.platform}
        ]
    if fields:
        raise Invalid(fields)


def make_workbook(job: Job, progress: Progress) -> Finish:
    """Do what `request_workbook` asked for; the worker's part, harmless if it is started again.

    The file is complete, on the disk and under its last name before the row that shows it is stored, which happens
    in the transaction that finishes the job. What a killed run left behind goes first.
    """
    keys, mine, audience = job.params["sheets"], str(job.pk), Audience(job.params["audience"])
    sweep(folder(), mine)
    with snapshot():
        round_ = Round.objects.select_related("series", "platform").get(pk=job.params["round"])
        platform = Platform.objects.get(pk=job.params["platform"])
        _check_still_allowed(job, platform, keys, audience)
        scope = scope_of(round_, platform, date.fromisoformat(job.params["as_of"]), audience)
        sheets, ventures = build(scope, keys), scope.ventures().count()
    written = write(sheets, folder(), mine, progress)
    name = file_name(scope, keys)
    result = {"name": name, "sha256": written.sha256, "ventures": ventures}
    return Finish(result, commit=lambda: _file(job, scope, keys, written, name, ventures))


def _check_still_allowed(job: Job, platform: Platform, keys: list[str], audience: Audience) -> None:
    """Between asking and making somebody may have lost the role. Raises NotAllowed."""
    if job.requested_by_id is None:  # the clock
        return
    by = User.objects.filter(pk=job.requested_by_id, is_active=True).first()
    if not (by and by.has_perm("reports.make", platform) and set(keys) <= set(sheets_for(by, audience))):
        raise NotAllowed


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _file(job: Job, scope: Scope, keys: list[str], written: WrittenFile, name: str, ventures: int) -> Workbook:
    workbook = Workbook.objects.create(
        job=job,
        round=scope.round,
        platform=scope.platform,
        sheets=keys,
        audience=scope.audience,
        as_of=scope.as_of,
        name=name,
        path=f"{FOLDER}/{written.path.name}",
        size=written.size,
        sha256=written.sha256,
        ventures=ventures,
    )
    by = User.objects.filter(pk=job.requested_by_id or 0).first() or SYSTEM
    record(workbook, "make", by=by, name=name, sha256=written.sha256)
    # A runner that was given up as dead may have come to life again and left a second file.
    transaction.on_commit(lambda: sweep(folder(), str(job.pk), keep=written.path), robust=True)
    return workbook


def fetch(workbook: Workbook, *, by: Any) -> Path:
    """The file, for `by`, which the access log remembers. Raises Conflict as `stored`."""
    path = stored(workbook)
    log(Kind.EXPORT_FETCHED, by=by, what=workbook.name)
    return path


def export(workbook: Workbook, directory: Path, *, by: Any) -> Path:
    """Copy the workbook into `directory` under its proper name, whole or not at all. Returns the copy.

    Raises Conflict as `stored`.
    """
    source = fetch(workbook, by=by)
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / workbook.name
    part = directory / f".{workbook.job_id}.tmp"
    shutil.copyfile(source, part)
    os.replace(part, target)
    return target


def stored(workbook: Workbook) -> Path:
    """The file of the workbook. Raises Conflict if it is gone or no longer the one that was made (its hash)."""
    path = Path(settings.MEDIA_ROOT) / workbook.path
    if not path.is_file():
        raise Conflict(_("The file of “%(name)s” is not there any more.") % {"name": workbook.name})
    if sha256_of(path) != workbook.sha256:
        raise Conflict(_("The file of “%(name)s” is not the one that was made.") % {"name": workbook.name})
    return path
