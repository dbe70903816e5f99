"""Sending what nobody means to type to the forms of the site, and looking at what becomes of it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import resolve

from accounts.models import User
from common.normal_forms import paper_number
from common.text import clean, half_width
from tests.corpus.draw import is_drawn
from tests.corpus.strings import STRINGS
from tests.web.forms_of_pages import signed_in

Form = tuple[User | None, str, dict[str, Any]]

# Text that is not stored, or not as it was typed (the words of a refusal stand behind the name of its reason).
UNSTORED = {"next", "password", "again", "language", "username", "x", "refusal"}

# Each line is something by itself, a choice or a day, and is stored as what it says.
LINES = {"options", "days_off", "make_up"}


class Undo(Exception):
    """What was sent is taken back: the next value meets the same world."""


def kind_of(value: Any) -> str:
    """Of a field, by the good value of it."""
    text = str(value)
    if text[:2] == "20" and text[4:5] == "-":
        return "day"
    return "number" if text.replace(".", "").isdecimal() else "text"


def name_of(url: str) -> str:
    return str(resolve(url).url_name)


def bare(field: str) -> str:
    """Its name without the numbers of rows, which differ from run to run."""
    return re.sub(r"\d+", "#", field)


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
            if files:
                answer = client.post(sent.url, data | files)
            else:
                body = urlencode(data, doseq=True, errors="surrogatepass")
                answer = client.post(sent.url, body, content_type="application/x-www-form-urlencoded")
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
        paper_number(text),
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


def sent_all(forms: list[Form], names_for: Callable[[int], list[str]], one_in: int = 1) -> tuple[list[str], set[str]]:
    """Send to each field that is drawn the texts that `names_for` its number names; what was wrong, and the names of all
    that were sent."""
    wrong: list[str] = []
    met: set[str] = set()
    clients: dict[User, Client] = {}
    place = 0
    for user, url, data in forms:
        for fields, is_text in groups(data):
            if not is_drawn(f"{name_of(url)} {bare(fields[0])}", one_in):
                continue
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
