"""The corpus against the site: texts into the fields of every form, files to every upload.

Whatever is sent: no 5xx, and the value is either refused with a message or stored as the cleaner leaves it and shown
escaped. `UPLOADS` lists the doors for files; a test finds those that are missing in it. Here a part is drawn, the whole is
sent by tests/web/test_whole_corpus.py.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from accounts.models import User
from common.site.checks import patterns
from rounds.models import AttachmentRule
from tests.corpus.draw import is_drawn
from tests.corpus.make import SAMPLES, Sample
from tests.corpus.strings import STRINGS, some_for
from tests.web.desk_world import planted
from tests.web.forms_of_pages import signed_in
from tests.web.sending import Sent, send, sent_all
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

# One in so many is taken every day.
FIELDS, FILES, FILE_NAMES = 3, 15, 8

# --- Texts ------------------------------------------------------------------------------------------------------------


def test_the_corpus_of_texts_is_large_enough() -> None:
    assert len(set(STRINGS.values())) == len(STRINGS) >= 150


def test_every_form_of_the_site_is_sent(site: SimpleNamespace) -> None:
    read = {pattern.name for __, pattern in patterns() if "request.POST" in _source(pattern.callback)}
    assert len(read) > 90
    assert read - {upload.url for upload in UPLOADS} <= {resolve(url).url_name for __, url, __ in site.forms}


@pytest.mark.engines
def test_drawn_fields_of_the_site_meet_a_text_each_and_together_they_meet_all(site: SimpleNamespace) -> None:
    wrong, met = sent_all(site.forms, some_for, FIELDS)
    if left := [name for name in STRINGS if name not in met]:  # fewer fields were drawn than there are texts
        more, also = sent_all(site.forms, lambda place: [left[place % len(left)]], FIELDS)
        wrong, met = wrong + more, met | also
    assert not wrong, "\n".join(wrong)
    assert met == set(STRINGS), "not every text was sent"


# --- Files ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Upload:
    """A door for files: the name of its URL, the field, and from the world who goes through it, the arguments of the
    URL, and what else is sent."""

    url: str
    field: str
    who: Callable[[SimpleNamespace], User]
    args: Callable[[SimpleNamespace], list[Any]] = lambda w: []
    data: Callable[[SimpleNamespace], dict[str, Any]] = lambda w: {}
    fragment: bool = False  # also asked for by upload.js


def _a_draft(world: SimpleNamespace) -> Venture:
    return planted(world.desk, State.DRAFT)


def _a_paper(world: SimpleNamespace) -> list[Any]:
    draft = _a_draft(world)
    return [draft.pk, AttachmentRule.objects.create(round=draft.round, ordinal=90, label="登记证书").pk]


def _applicant(world: SimpleNamespace) -> User:
    applicant: User = world.desk.applicant
    return applicant


# Whoever builds a page that takes files adds a line.
UPLOADS = [
    Upload("apply_attach", "file", _applicant, _a_paper, fragment=True),
    Upload("apply_stamp", "file", _applicant, lambda w: [_a_draft(w).pk], lambda w: {"hash": "0" * 64}, fragment=True),
    Upload("apply_table_in", "file", _applicant, lambda w: [_a_draft(w).pk, "budget"]),
    Upload("desk_organization_imports", "file", lambda w: w.desk.manager),
]


def test_every_door_for_files_is_in_the_table() -> None:
    doors = {
        pattern.name
        for __, pattern in patterns()
        if "request.FILES" in (source := _source(pattern.callback)) or "stamp_in(" in source or "_upload(" in source
    }
    assert doors - {"static"} <= {upload.url for upload in UPLOADS}


def _source(view: Any) -> str:
    while True:
        if hasattr(view, "func"):  # a partial
            view = view.func
        elif hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        else:
            break
    try:
        return inspect.getsource(view)
    except (TypeError, OSError):
        return ""


def files_sent(world: SimpleNamespace, upload: Upload, one_in: int = 1) -> list[str]:
    """What was wrong with the answers to the drawn files."""
    wrong: list[str] = []
    client, url = signed_in(upload.who(world)), reverse(upload.url, args=upload.args(world))
    for sample in SAMPLES:
        if is_drawn(f"{upload.url} {sample.name}", one_in):
            sent = Sent(url, upload.field, sample.name, False, wrong)
            send(client, sent, upload.data(world), {upload.field: _file(sample)})
            if upload.fragment and is_drawn(sample.name, 8):  # the same code with another frame
                client.defaults["HTTP_X_UPLOAD"] = "1"
                send(client, sent, upload.data(world), {upload.field: _file(sample)})
                del client.defaults["HTTP_X_UPLOAD"]
    return wrong


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_a_file_of_the_corpus_is_refused_with_a_message_or_stored(site: SimpleNamespace, upload: Upload) -> None:
    wrong = files_sent(site.world, upload, FILES)
    assert not wrong, "\n".join(wrong)


NAMES = [
    "../../etc/passwd.pdf", "/etc/passwd.pdf", "..\\..\\win.pdf", "C:\\a.pdf", f"{'长' * 300}.pdf", f"{'a' * 300}.pdf", "CON.pdf",
    "证书\u202efdp.exe.pdf", "a\x00b.pdf", "😀👨\u200d👩\u200d👧.pdf", "a\r\nSet-Cookie: b=c.pdf", ".pdf", "...", " .pdf ", 'a".pdf',
    "a;b=c.pdf", "𠮷.pdf", "é.pdf", "a.pdf.", "a.PDF", "%2e%2e%2f.pdf", "a?b#c.pdf", "<script>.pdf", "=1+1.pdf", "\u200b.pdf",
]  # fmt: skip


def names_sent(world: SimpleNamespace, upload: Upload, one_in: int = 1) -> list[str]:
    """What was wrong with the answers to honest files of the drawn names."""
    wrong: list[str] = []
    client, url = signed_in(upload.who(world)), reverse(upload.url, args=upload.args(world))
    honest = {s.name: s.make() for s in SAMPLES if s.name in {"honest.pdf", "honest.xlsx"}}
    for name in NAMES:
        for ending in ("pdf", "xlsx"):
            if is_drawn(f"{upload.url} {name} {ending}", one_in):
                file = SimpleUploadedFile("a", honest[f"honest.{ending}"])
                file._name = name.replace(".pdf", f".{ending}")  # past Django's own cleaning
                send(client, Sent(url, upload.field, name, False, wrong), upload.data(world), {upload.field: file})
    return wrong


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_a_name_of_a_file_is_refused_with_a_message_or_stored(site: SimpleNamespace, upload: Upload) -> None:
    wrong = names_sent(site.world, upload, FILE_NAMES)
    assert not wrong, "\n".join(wrong)


def _file(sample: Sample) -> SimpleUploadedFile:
    return SimpleUploadedFile(sample.name, sample.make(), content_type="application/octet-stream")
