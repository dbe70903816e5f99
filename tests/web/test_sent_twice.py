"""Every form of the site sent twice, as by "back" and sending again: nothing is added a second time, and who sent it is told.
And every form that shows what is stored, sent from two tabs: the second is told both."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from common.clock import at, now, today
from common.models import Sending
from common.site.sending import FIELD, KEPT, forget_sendings, new_token
from tests.corpus.draw import is_drawn
from tests.web.forms_of_pages import read, signed_in
from tests.web.sending import Form, Undo, bare, name_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

SHARE = 8  # one form in so many is sent every day
# What a request leaves behind whatever it asks for.
BESIDE = {"sessions.session", "common.taken", "accounts.access", "common.sending"}


def rows() -> Counter[str]:
    return Counter(
        {
            m._meta.label_lower: m._default_manager.count()
            for m in apps.get_models()
            if m._meta.label_lower not in BESIDE
        }
    )


def sent_again(user: Any, url: str, data: dict[str, Any]) -> str:
    """What is wrong when the form is sent twice: "" when nothing is."""
    client = signed_in(user)
    data = {**data, FIELD: new_token()}
    wrong = ""
    try:
        with transaction.atomic():
            first = client.post(url, data)
            if first.status_code == 302:
                before = rows()
                second = client.post(url, data)
                more = rows() - before
                if any(name.startswith("base_digest") for name in data):
                    del more["common.journalentry"]  # saved again as it stands: the journal says so
                if second.status_code >= 500 or +more:
                    wrong = f"{url}: {second.status_code}, added {dict(more)}"
                elif second.status_code == 302 and client.get(second["Location"]).status_code >= 500:
                    wrong = f"{url}: then a page that breaks"
            raise Undo
    except Undo:
        return wrong


def wrong_among(forms: list[Form]) -> str:
    return "\n".join(filter(None, (sent_again(*form) for form in forms)))


def test_a_drawn_form_sent_twice_adds_once(site: SimpleNamespace) -> None:
    forms = [form for n, form in enumerate(site.forms) if is_drawn(f"twice {n} {name_of(form[1])}", SHARE)]
    assert not (wrong := wrong_among(forms)), wrong


def test_a_form_that_was_done_once_leads_the_second_to_the_same_page_with_a_word(site: SimpleNamespace) -> None:
    desk, venture = site.world.desk, site.world.running
    url, client = reverse("apply_activities", args=[venture.pk]), signed_in(desk.applicant)
    page = read(desk.applicant, url, topic="邻里讲堂", held_on=today().isoformat(), attendance="20")[2]
    assert client.post(url, {**page, "topic": ""}).status_code == 422, "what is refused may be sent again"
    first, second = client.post(url, page), client.post(url, page)
    assert first["Location"] == second["Location"] and f"sent-{page[FIELD]}" in second.cookies
    assert "未重复登记" in client.get(url).content.decode() and venture.activities.filter(topic="邻里讲堂").count() == 1
    # Other words on the same page are something else, and somebody else's page is another page.
    assert client.post(url, {**page, "topic": "邻里讲堂二"}).status_code == 302
    assert "均已登记" in client.get(url).content.decode() and venture.activities.exclude(topic="误录").count() == 2


def test_what_was_sent_is_forgotten_after_a_week() -> None:
    with at(now() - KEPT - timedelta(hours=1)):
        Sending.objects.create(token="a" * 20, digest="b")
    Sending.objects.create(token="c" * 20, digest="d")
    assert forget_sendings() == 1 and Sending.objects.get().token == "c" * 20


def test_a_form_sent_after_a_lost_session_leads_to_the_login_and_back_to_its_page(site: SimpleNamespace) -> None:
    wrong = []
    page = "/apply/ventures/1/?tab=thread"
    for user, url, data in site.forms:
        if user is None:
            continue
        answer = Client().post(url, data, headers={"Referer": f"http://testserver{page}"})
        back = parse_qs(urlsplit(answer.get("Location", "")).query).get("next", [""])[0]
        if answer.status_code != 302 or back not in {page, url}:
            wrong.append(f"{url}: {answer.status_code} {back}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_every_form_sent_twice_adds_once(site: SimpleNamespace) -> None:
    assert not (wrong := wrong_among(site.forms)), wrong


# --- Two tabs ---------------------------------------------------------------------------------------------------------


def texts_of(data: dict[str, Any]) -> list[str]:
    """The fields of a form in which somebody has written words."""
    return [n for n, v in data.items() if isinstance(v, str) and v and not v.isascii() and not n.startswith("base_")]


def meet(user: Any, url: str, data: dict[str, Any], field: str) -> str:
    """What is wrong when two change one field of one page: "" when nothing is. Both wrote other words."""
    client = signed_in(user)
    first, second = ({**data, FIELD: new_token(), field: data[field][:10] + more} for more in "甲乙")
    wrong = ""
    try:
        with transaction.atomic():
            if client.post(url, first).status_code == 302:
                answer = client.post(url, second)
                said = answer.content.decode()
                if answer.status_code != 409 or first[field] not in said or second[field] not in said:
                    wrong = f"{url} {field}: {answer.status_code}"
            raise Undo
    except Undo:
        return wrong


def test_on_every_page_that_shows_what_is_stored_the_second_is_told_both(site: SimpleNamespace) -> None:
    compared = [
        (user, url, data, texts_of(data)[0])
        for user, url, data in site.forms
        if any((n.startswith("base_digest") or n == "version") and v for n, v in data.items()) and texts_of(data)
    ]
    compared = [c for c in compared if name_of(c[1]) not in OTHERWISE]
    assert len({name_of(url) for __, url, *__ in compared}) > 8
    wrong = [meet(*c) for c in compared if is_drawn(f"two {bare(c[1])} {c[3]}", 2)]
    assert not any(wrong), "\n".join(filter(None, wrong))


# Handed in as a whole, by the version that was read; and the application's steps, which tests/web/test_apply_saving.py asks.
OTHERWISE = {
    "apply_submit",
    "apply_resubmit",
    "apply_step",
    "apply_autosave",
    "desk_round_amend",
    "desk_calendar_enter",
}
