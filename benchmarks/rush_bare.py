"""What a developer in a hurry would write: the writes of a submission and nothing else. Only for comparison."""

import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from common.clock import now
from common.models import JournalEntry, OutboxMessage, StoredFile
from common.site.web import post_only
from organizations.models import Organization
from ventures.models import Application, BudgetLine, Counter, StampedScan, Submission, Venture
from ventures.search_index import index_venture


@post_only("ventures.fill_in")
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    upload = request.FILES["stamp"]
    target = Path(settings.MEDIA_ROOT, uuid.uuid4().hex)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as f:
        for chunk in upload.chunks():
            digest.update(chunk)
            f.write(chunk)
        f.flush()
        os.fsync(f.fileno())
    with transaction.atomic():
        venture = Venture.objects.select_for_update().get(pk=pk, state="draft")
        by = {"by_id": request.user.pk, "by_name": request.user.name}
        file = StoredFile.objects.create(
            name=upload.name, kind="pdf", media_type="application/pdf", size=upload.size, sha256=digest.hexdigest(),
            path=target.name, **by,
        )  # fmt: skip
        scan = StampedScan.objects.create(
            venture=venture, file=file, content_hash=request.POST["hash"], by_name=request.user.name
        )
        Application.objects.filter(venture=venture).update(declared=True)
        Counter.objects.get_or_create(prefix="BARE-")
        Counter.objects.filter(prefix="BARE-").update(last=F("last") + 1)
        number = str(Counter.objects.get(prefix="BARE-"))
        Venture.objects.filter(pk=pk, state="draft").update(state="submitted", number=number, submitted_at=now())
        content = {
            "application": _plain(Application.objects.filter(venture=venture).values()[0]),
            "budget": [_plain(line) for line in BudgetLine.objects.filter(venture=venture).values()],
            "organization": _plain(Organization.objects.filter(pk=venture.organization_id).values()[0]),
        }
        Submission.objects.create(
            venture=venture, ordinal=1, receipt=f"{number}-1", content=content, hash=request.POST["hash"],
            stamped_scan=scan, **by,
        )  # fmt: skip
        for name in ("bind_stamp", "submit"):
            entry = JournalEntry.objects.create(subject_kind="ventures.venture", subject_id=pk, verb=name, **by)
        OutboxMessage.objects.create(kind="moved", key=f"moved:{entry.pk}", payload={"entry": entry.pk})
        index_venture(pk)
    return redirect("apply_venture", pk=pk)


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


urlpatterns = [path("bare/<int:pk>/", bare), path("", include("config.urls"))]
handler404, handler500 = "common.site.web.not_found", "common.site.web.server_error"
