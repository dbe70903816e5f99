"""The corpus against the site: every text into every field of every form, every file to every upload.

Whatever is sent: no 5xx, an answer within LONGEST, and the value is either refused with a message or stored as the
cleaner leaves it and shown escaped. `UPLOADS` lists the doors for files; a test finds those that are missing in it.
"""

import inspect
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import User
from common.site.checks import patterns
from common.text import clean, half_width
from rounds.models import AttachmentRule
from tests.corpus.make import SAMPLES, Sample
from tests.corpus.strings import A_FIELD, STRINGS, some_for
from tests.web.desk_world import planted
from tests.web.forms_of_pages import signed_in
from tests.web.sent_forms import forms
from tests.web.test_nasty_input import Undo, kind_of
from ventures.models import Venture
from ventures.states import State

pytestmark = pytest.mark.django_db

LONGEST = 2.0  # seconds of processor time
# Text that is not stored, or not as it was typed (the words of a refusal stand behind the name of its reason).
UNSTORED = {"next", "password", "again", "language", "username", "x", "refusal"}

# Each line is something by itself, a choice or a day, and is stored as what it says.
LINES = {"options", "days_off", "make_up"}

# --- Texts ------------------------------------------------------------------------------------------------------------


@dataclass
class Sent:
    """One value on its way, and what was wrong with the answer."""

    url: str
    field: str
    name: str  # of the text, or the file, in the corpus
    is_text: bool  # the field holds text, which is stored as it was typed
    wrong: list[str]

    def complain(self, trouble: str) -> None:
        self.wrong.append(f"{self.url} {self.field} ← {self.name}: {trouble}")


def send(client: Client, sent: Sent, data: dict[str, Any], files: dict[str, Any] | None = None) -> None:
    """Post, look at the answer and at the page behind it, and take everything back."""
    # A lone surrogate comes as bytes that are no UTF-8.
    text = STRINGS.get(sent.name, "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    try:
        with transaction.atomic():
            started = time.process_time()
            if files:
                answer = client.post(sent.url, data | files)
            else:
                body = urlencode(data, doseq=True, errors="surrogatepass")
                answer = client.post(sent.url, body, content_type="application/x-www-form-urlencoded")
            if time.process_time() - started > LONGEST:
                sent.complain(f"took {time.process_time() - started:.1f} s")
            if answer.status_code >= 500:
                sent.complain(f"answered {answer.status_code}")
            elif 400 <= answer.status_code < 500 and answer.status_code not in {404, 405}:
                _look_for_message(sent, answer)
            elif answer.status_code == 302 and answer["Location"].startswith("/"):
                page = client.get(answer["Location"])
                if page.status_code >= 500:
                    sent.complain(f"then {answer['Location']} answered {page.status_code}")
                _look_for_markup(sent, page, text)
                if sent.is_text and clean(text) and not is_stored(text):
                    sent.complain("accepted, but stored nowhere as it was typed")
            _look_for_markup(sent, answer, text)
            raise Undo
    except Undo:
        pass


def _look_for_message(sent: Sent, answer: Any) -> None:
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        told = answer.content.decode() not in {"", "{}", "[]"}
    else:
        told = any(mark in answer.content.decode() for mark in ('role="alert"', "field-error", "error-summary"))
    if not told:
        sent.complain(f"refused ({answer.status_code}) without a word")


def _look_for_markup(sent: Sent, answer: Any, text: str) -> None:
    if "<" in text and not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        page = answer.content.decode()
        if text in page and escape(text) != text:
            sent.complain("shown without being escaped")


def is_stored(text: str) -> bool:
    """Whether some row has the text, as the cleaner of its kind of field leaves it."""
    cleaned = clean(text)
    bare = cleaned.removeprefix("《").removesuffix("》")
    forms_of_it = [
        cleaned,
        half_width(text),
        bare,
        cleaned.upper(),
        " ".join(cleaned.split()),
        cleaned.replace("\n", " "),
    ]
    query, parameters = _search()
    for form in dict.fromkeys(forms_of_it):
        with connection.cursor() as cursor:
            cursor.execute(query, [p(form) for p in parameters])
            if cursor.fetchone()[0]:
                return True
    return False


def _search() -> tuple[str, list[Callable[[str], str]]]:
    """One query over every column of text of every table of the house."""
    if not _query:
        clauses, parameters = [], []
        for model in apps.get_models():
            if model._meta.app_label not in {"auth", "contenttypes", "sessions", "viewflow"}:
                for field in model._meta.local_concrete_fields:
                    if clause := _clause(model._meta.db_table, field):
                        clauses.append(clause)
                        parameters.append(_in_json if isinstance(field, models.JSONField) else str)
        _query.append(f"SELECT {' OR '.join(clauses)}")
        _parameters.extend(parameters)
    return _query[0], _parameters


_query: list[str] = []
_parameters: list[Callable[[str], str]] = []


def _clause(table: str, field: Any) -> str:
    if isinstance(field, models.JSONField):
        inside = "instr({}, %s) > 0" if connection.vendor == "sqlite" else "position(%s in {}::text) > 0"
        return f'EXISTS (SELECT 1 FROM "{table}" WHERE {inside.format(_quoted(field.column))})'
    if isinstance(field, models.CharField | models.TextField):
        return f'EXISTS (SELECT 1 FROM "{table}" WHERE "{field.column}" = %s)'
    return ""


def _quoted(name: str) -> str:
    return f'"{name}"'


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=connection.vendor == "sqlite")[1:-1]


def groups(data: dict[str, Any]) -> Iterator[tuple[list[str], bool]]:
    """The fields of a form that are filled with texts at the same time, and whether what they hold is text.

    Each field of text alone: it may be accepted. Numbers, days, choices and ticks together: each is refused at its own
    place, and tests/web/test_nasty_input.py sends them one by one.
    """
    others = []
    for name, good in data.items():
        if kind_of(good) == "text" and name not in UNSTORED and isinstance(good, str) and not good.isascii():
            yield [name], name not in LINES
        elif kind_of(good) == "text" and good == "":
            yield [name], False
        else:
            others.append(name)
    if others:
        yield others, False


def sent_all(world: SimpleNamespace, names_for: Callable[[int], list[str]]) -> tuple[list[str], set[str]]:
    """Send to each field the texts that `names_for` its number names; what was wrong, and the names of all that were sent."""
    wrong: list[str] = []
    met: set[str] = set()
    clients: dict[User, Client] = {}
    place = 0
    for user, url, data in forms(world):
        for fields, is_text in groups(data):
            lists = [names_for(place + n) for n in range(len(fields))]
            place += len(fields)
            for names in zip(*lists, strict=True):
                met.update(names)
                if user and user not in clients:
                    clients[user] = signed_in(user)
                client = clients[user] if user else signed_in(None)  # registering logs in
                sent = Sent(url, ", ".join(fields), ", ".join(names), is_text, wrong)
                send(client, sent, data | {f: STRINGS[n] for f, n in zip(fields, names, strict=True)})
    return wrong, met


def test_the_corpus_of_texts_is_large_enough() -> None:
    assert len(set(STRINGS.values())) == len(STRINGS) >= 150
    assert A_FIELD >= 4


def test_every_form_of_the_site_is_sent(world: SimpleNamespace) -> None:
    read = {pattern.name for __, pattern in patterns() if "request.POST" in _source(pattern.callback)}
    assert len(read) > 90
    assert read - {upload.url for upload in UPLOADS} <= {resolve(url).url_name for __, url, __ in forms(world)}


@pytest.mark.timeout(900)
def test_every_field_of_the_site_meets_a_part_of_the_corpus_and_together_they_meet_all(world: SimpleNamespace) -> None:
    wrong, met = sent_all(world, some_for)
    assert not wrong, "\n".join(wrong)
    assert met == set(STRINGS), "not every text was sent"


PARTS = 8  # of the whole corpus, so that workers share it


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_field_of_the_site_meets_the_whole_corpus(world: SimpleNamespace, part: int) -> None:
    names = list(STRINGS)[part::PARTS]
    wrong, _met = sent_all(world, lambda place: names)
    assert not wrong, "\n".join(wrong)


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


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_every_file_of_the_corpus_is_refused_with_a_message_or_stored(world: SimpleNamespace, upload: Upload) -> None:
    wrong: list[str] = []
    client, url = signed_in(upload.who(world)), reverse(upload.url, args=upload.args(world))
    for n, sample in enumerate(SAMPLES):
        sent = Sent(url, upload.field, sample.name, False, wrong)
        send(client, sent, upload.data(world), {upload.field: _file(sample)})
        if upload.fragment and n % 8 == 0:  # the same code with another frame
            client.defaults["HTTP_X_UPLOAD"] = "1"
            send(client, sent, upload.data(world), {upload.field: _file(sample)})
            del client.defaults["HTTP_X_UPLOAD"]
    assert not wrong, "\n".join(wrong)


NAMES = [
    "../../etc/passwd.pdf", "/etc/passwd.pdf", "..\\..\\win.pdf", "C:\\a.pdf", f"{'长' * 300}.pdf", f"{'a' * 300}.pdf", "CON.pdf",
    "证书\u202efdp.exe.pdf", "a\x00b.pdf", "😀👨\u200d👩\u200d👧.pdf", "a\r\nSet-Cookie: b=c.pdf", ".pdf", "...", " .pdf ", 'a".pdf',
    "a;b=c.pdf", "𠮷.pdf", "é.pdf", "a.pdf.", "a.PDF", "%2e%2e%2f.pdf", "a?b#c.pdf", "<script>.pdf", "=1+1.pdf", "\u200b.pdf",
]  # fmt: skip


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_every_name_of_a_file_is_refused_with_a_message_or_stored(world: SimpleNamespace, upload: Upload) -> None:
    wrong: list[str] = []
    client, url = signed_in(upload.who(world)), reverse(upload.url, args=upload.args(world))
    honest = {s.name: s.make() for s in SAMPLES if s.name in {"honest.pdf", "honest.xlsx"}}
    for name in NAMES:
        for ending in ("pdf", "xlsx"):
            file = SimpleUploadedFile("a", honest[f"honest.{ending}"])
            file._name = name.replace(".pdf", f".{ending}")  # past Django's own cleaning
            send(client, Sent(url, upload.field, name, False, wrong), upload.data(world), {upload.field: file})
    assert not wrong, "\n".join(wrong)


def _file(sample: Sample) -> SimpleUploadedFile:
    return SimpleUploadedFile(sample.name, sample.make(), content_type="application/octet-stream")
