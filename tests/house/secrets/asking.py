"""Everything that a reader is answered, without what differs from one request to the next anyway."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Notification
from common.site.checks import patterns
from common.work import outbox
from common.work.jobs import run_pending
from organizations.models import Platform
from organizations.queries import platforms_of
from reports import actions as reports
from reports.models import Workbook
from rounds.models import Round

MASKS = (
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "token"),
    (re.compile(r'name="once" value="[\w-]+"'), "token"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|\b\d\d:\d\d(:\d\d)?\b"), "time"),
    (re.compile(r"还剩[^<]*"), "left"),
    (re.compile(r'"now": \d+'), "now"),
    (re.compile(r"[0-9a-f]{64}|[0-9a-f]{12}…|[\d.]+\xa0?(KB|字节|bytes)"), "file"),  # its own time is in each workbook
)
# What changes who asks, or is no page of this site.
ENDS = re.compile(r"logout|language|password|login|join|factor|static|media|jsi18n|healthz|^/components")
# Lists, decisions and reviews: what a secret stands on, if it stands anywhere.
WHERE_IT_STANDS = re.compile(
    r"/desk/(ventures/|ventures/\d+/|rounds/|rounds/\d+/(ranking/|panel/)?|reviews/|notices/(\d+/)?|objections/\d+/"
    r"|reports/|journal/|screening/(\d+/)?|organizations/\d+/)?$|/apply/(ventures/\d+/(midterm/|form/|withdraw/|expenses/)?)?$"
    r"|/review/(\d+/)?$|/me/|/(notices/|rounds/)(\d+/)?$|/$"
)
POSTED = {"text": "请问结果何时公布?", "note": "撤回", "seen": "in_review", "reason": "原因", "ruling": "核查意见"}


@dataclass(frozen=True)
class Reader:
    """Somebody who asks. `opens`: how the addresses begin that are asked every day; all are in `make test-long`."""

    name: str
    user: Any = None
    opens: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Asked:
    """One question of one reader: a page, an act, an export, or what the post brings."""

    who: str
    how: str
    what: str


Ids = Mapping[str, Sequence[int]]


def addresses(ids: Ids) -> list[str]:
    """Every page that takes nothing, or one of these things: noun of the address ("ventures") → keys."""
    found = []
    for route, pattern in patterns():
        if ENDS.search(route):
            continue
        wanted = re.findall(r"<\w+:(\w+)>", route)
        if not wanted:
            found.append(reverse(pattern.name))
            continue
        noun = re.search(r"(\w+)/<int:pk>", route)
        for pk in ids.get(noun.group(1), ()) if noun else ():
            known = {"pk": pk, "step": "budget", "ordinal": 1, "table": "budget", "rule": 1, "card": "rubric"}
            if set(wanted) <= known.keys():
                found.append(reverse(pattern.name, kwargs={name: known[name] for name in wanted}))
    return sorted(set(found))


def begin_of(url: str) -> str:
    """ "desk" of "/desk/rounds/"; "" of what is for everybody."""
    begin = url.split("/")[1]
    return begin if begin in {"apply", "me", "desk", "review"} else ""


def concerns(reader: Reader, url: str) -> bool:
    """Whether this page is one that the reader opens in the course of the day."""
    return begin_of(url) in reader.opens or url.startswith(tuple(f"/{o}/" for o in reader.opens if "/" in o))


def said(client: Client, method: str, url: str) -> tuple[int, str]:
    """Status, and where it leads or what it says; whatever was done is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(url, POSTED if method == "post" else {})
        transaction.set_rollback(True)
    is_file = answer.streaming or b"PK" in answer.content[:2]
    body = "" if is_file else answer.content.decode(errors="replace")
    return answer.status_code, masked(f"{answer.get('Location', '')}\n{body}")


def masked(body: str) -> str:
    for pattern, word in MASKS:
        body = pattern.sub(word, body)
    return body


def client_of(reader: Reader) -> Client:
    client = Client(raise_request_exception=False)
    if reader.user:
        client.force_login(reader.user)
    return client


def exported(reader: Reader, round_: Round) -> Iterator[tuple[Asked, tuple[int, str]]]:
    """Every summary of the round that the reader gets, cell by cell."""
    if not (reader.user and reader.user.has_perm("reports.order")):
        return
    platforms = Platform.objects.filter(pk__in=platforms_of(reader.user) or [round_.platform_id])
    for platform in platforms:
        job = reports.request_workbook(round_, by=reader.user, platform=platform)
        run_pending([job.pk])
        workbook = Workbook.objects.get(job=job)
        book = openpyxl.load_workbook(reports.stored(workbook), data_only=True, read_only=True)
        cells = [str(c) for ws in book for row in ws.iter_rows(values_only=True) for c in row if c is not None]
        yield Asked(reader.name, "export", str(platform)), (workbook.ventures, "\n".join(cells))


def told(reader: Reader) -> tuple[int, str]:
    """What came to the reader by itself, in the site and by mail."""
    if not reader.user:
        return 0, ""
    in_site = Notification.objects.filter(user=reader.user).order_by("pk").values_list("text", flat=True)
    by_mail = [f"{m.subject}\n{m.body}" for m in mail.outbox if reader.user.email in m.to]
    return len(in_site), masked("\n".join([*in_site, *by_mail]))


def post_out() -> None:
    while outbox.drain():
        pass
