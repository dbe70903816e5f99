"""Every form of the site sent twice, as by "back" and sending again: nothing is added a second time, and who sent it is told."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from common.site.sending import FIELD, new_token
from tests.corpus.draw import is_drawn
from tests.web.forms_of_pages import signed_in
from tests.web.sending import Form, Undo, name_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

SHARE = 4  # one form in so many is sent every day
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


@pytest.mark.slow
def test_every_form_sent_twice_adds_once(site: SimpleNamespace) -> None:
    assert not (wrong := wrong_among(site.forms)), wrong
