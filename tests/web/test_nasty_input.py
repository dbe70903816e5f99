"""Every form of the site, sent with what nobody means to type: it is refused with a sentence or stored, never a 5xx.

What was accepted is also shown: a value that can be stored but not rendered would break the page for everybody.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.models import Recusal
from tests.corpus.draw import is_drawn
from tests.factories import PASSWORD, a_user
from tests.web.desk_world import planted
from tests.web.forms_of_pages import signed_in
from tests.web.sending import Form, Undo, bare, kind_of, name_of
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

# One in so many is taken every day; all by tests/web/test_whole_corpus.py.
FIELDS, FILTER_VALUES = 36 if connection.vendor == "sqlite" else 96, 6

LONG = "长" * 5001
NASTY = (
    # Text: characters that engines or XML refuse, that vanish when cleaned, that mean something to somebody.
    "", " ", "\u3000", "\x00", "a\x00b", "\u202e", "\ufeff", "\u200b", "\x1b[31m", "\r\n", "\u2028", "\ufffe", "\ud7ff",
    "😀" * 80, "e\u0301" * 100, "ﷺ" * 60, "％" * 60, LONG, "<script>alert(1)</script>", "'\"><img src=x onerror=a()>",
    "{{ 7|add:7 }}{% debug %}", "%(name)s %s %", "' OR 1=1 --", "\\", "../../etc/passwd", "=1+1", "《》",
    "a" * 64 + "@" + "b.".join(["c" * 50] * 4) + ".org",
    # Numbers: too large for a column, for an index, for the printer; no numbers at all.
    "-1", "0", "0.001", "1e5", "1e999999", "-1e999999", "1e-999999", "9" * 11, "9" * 12, "999999999999.99", "9" * 19,
    "9223372036854775808", "-9223372036854775809", "9" * 30, "9" * 4400, "NaN", "sNaN", "Infinity", "-Infinity", "0x1f",
    "１２３", "١٢٣", "²", "①", "1,000", "1_000", "--1", "True", "on", "null", "[]",
    # Days: the ends of the calendar, of the working-day calendar, and days that are none.
    "0001-01-01", "9999-12-31", "2020-02-30", "1900-01-01", "2999-01-01", "20200101", "2020-1-1", "0001-01-01T00:00",
    "9999-12-31T23:59", "2020-01-01T24:00", "0000-00-00",
)  # fmt: skip
# What has broken something somewhere, by the kind of field; sent to each field alone, with good values in the others.
WORST = {
    "day": ("0001-01-01", "9999-12-31"),
    "number": ("999999999999.99", "9" * 19, "9" * 4400, "1e999999"),
    "text": ("\x00", "\u202e", LONG),
}


def sent(client: Client, url: str, data: dict[str, Any]) -> list[str]:
    """Answers, and pages that they lead to, that are our fault."""
    wrong = []
    try:
        with transaction.atomic():
            answer = client.post(url, data)
            if answer.status_code >= 500:
                wrong.append(f"POST {url}: {answer.status_code}")
            elif answer.status_code == 302 and answer["Location"].startswith("/"):
                page = client.get(answer["Location"])
                if page.status_code >= 500:
                    wrong.append(f"GET {answer['Location']} after POST {url}: {page.status_code}")
            raise Undo
    except Undo:
        pass
    return wrong


def broken(forms: list[Form], values_of: Callable[[Any], Iterable[str]], one_in: int = 1) -> list[str]:
    """What breaks when each field that is drawn gets each of its values, with good ones in the other fields."""
    wrong = []
    clients: dict[User, Client] = {}
    for user, url, data in forms:
        if user and user not in clients:
            clients[user] = signed_in(user)
        for name, good in data.items():
            if not is_drawn(f"{name_of(url)} {bare(name)}", one_in):
                continue
            for value in values_of(good):
                client = clients[user] if user else signed_in(None)  # registering logs in
                wrong += [f"{told} with {name}={value[:20]!r}" for told in sent(client, url, data | {name: value})]
    return wrong


@pytest.mark.engines
def test_no_drawn_field_of_the_site_breaks_on_what_has_broken_others(site: SimpleNamespace) -> None:
    wrong = broken(site.forms, lambda good: WORST[kind_of(good)], FIELDS)
    assert not wrong, "\n".join(wrong)


def test_good_values_are_not_refused_so_that_the_nasty_ones_get_past_the_other_fields(site: SimpleNamespace) -> None:
    refused = []
    for user, url, data in site.forms:
        with transaction.atomic():
            status = signed_in(user).post(url, data).status_code
            transaction.set_rollback(True)
        # A right password, a right receipt and a right code of the second factor are nobody's to type here.
        if status == 422 and not {"login", "factor", "find"} & set(url.split("/")) and "99999999" not in str(data):
            refused.append(url)
    assert not refused


FILTERS = {
    "desk_journal": ("before", "by", "words", "kind", "since", "until"),
    "desk_ventures": ("before", "q", "round", "state", "platform"),
    "desk_delivery": ("before", "q", "round", "platform"),
    "desk_organizations": ("before", "q", "place", "management"),
    "desk_closures": ("before",),
    "desk_notices": ("before",),
    "notices": ("before",),
    "my_notifications": ("before",),
}


def broken_by_filters(world: SimpleNamespace, name: str, one_in: int = 1) -> list[tuple[str, str]]:
    """Fields and the beginnings of the drawn values with which the list is not shown."""
    client = signed_in(world.desk.manager)
    # A pattern of 50,000 characters is more than SQLite compares with.
    values = (*WORST["day"], *WORST["number"], *WORST["text"], "²", "%" * 60_000)
    return [
        (field, value[:20])
        for field in FILTERS[name]
        for n, value in enumerate(values)
        if is_drawn(f"{name} {field} {n}", one_in) and client.get(reverse(name), {field: value}).status_code != 200
    ]


@pytest.mark.engines
@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_in_an_address_breaks_a_list(site: SimpleNamespace, name: str) -> None:
    wrong = broken_by_filters(site.world, name, FILTER_VALUES)
    assert not wrong


def test_an_e_mail_address_longer_than_its_column_is_refused_at_the_field(site: SimpleNamespace) -> None:
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".example.org"
    __, url, data = next(f for f in site.forms if f[1] == reverse("register"))
    assert len(long) > 254 - 10
    answer = signed_in(None).post(url, data | {"email": long.replace("@", "@" + "c" * 30 + ".")})
    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors


def test_a_name_of_characters_that_nobody_sees_is_no_name(site: SimpleNamespace) -> None:
    __, url, data = next(f for f in site.forms if f[1] == reverse("register"))
    answer = signed_in(None).post(url, data | {"name": "\u202e\ufeff"})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


def test_the_remark_of_a_closure_that_can_not_be_stored_is_told_at_its_field(site: SimpleNamespace) -> None:
    venture = planted(site.world.desk, State.SHOWN)
    answer = signed_in(site.world.desk.manager).post(
        reverse("desk_venture_close", args=[venture.pk]), {"note": "a\x00b"}
    )
    assert answer.status_code == 422
    assert "note" in answer.context["form"].errors


def test_an_expert_whose_recusal_is_not_understood_is_told_so(site: SimpleNamespace) -> None:
    given = {"reason": "other", "note": "同" * 201}
    answer = signed_in(site.world.desk.expert).post(reverse("review_recuse", args=[site.world.review.pk]), given)
    assert answer.status_code == 422
    assert not Recusal.objects.exists()


def test_a_session_cookie_that_spells_nul_is_no_session(db: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = ""
    client.cookies["sessionid"].set("sessionid", "", r'"\000aaaaaaaaaaaa"')
    assert client.get(reverse("home")).status_code == 200
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        f"/rounds/{'9' * 30}/", f"/rounds/{'9' * 5000}/", "/objections/%00/", "/objections/1:%FF/", "/x%00", "/%ED%A0%80",
        f"/notices/{'9' * 25}/object/", f"/desk/ventures/{'9' * 25}/", f"/desk/reports/{'9' * 25}/download/",
    ],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(site: SimpleNamespace, path: str) -> None:
    assert signed_in(site.world.desk.manager).get(path).status_code == 404


@pytest.mark.parametrize("url", ["//evil.example", "https:evil.example", "\x00//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_site_after_logging_in(url: str) -> None:
    user = a_user()
    answer = Client().post(reverse("login"), {"username": user.username, "password": PASSWORD, "next": url})
    assert answer["Location"] == reverse("me")
