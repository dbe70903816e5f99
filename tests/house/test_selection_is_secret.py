"""Between the selection and the public notice nobody but the office learns who was chosen: by difference.

Two worlds differ in the selection alone. Whoever may not know it is answered the same in both, on every page and by every
refusal, so that neither a word nor a status nor an order tells.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from common.site.checks import patterns
from organizations.models import Membership
from reviews import actions as reviews
from tests.corpus.draw import WHOLE
from tests.factories import a_user, an_applicant
from tests.reviews.steps import panelled

pytestmark = pytest.mark.django_db

# What differs from one request to the next, whatever is told.
MASKS = (
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "token"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|\b\d\d:\d\d\b"), "time"),
    (re.compile(r"还剩[^<]*"), "left"),
    (re.compile(r'"now": \d+'), "now"),
)
ENDS = re.compile(r"logout|language|register|password|login|join|factor|static|media|jsi18n")


@pytest.fixture
def world() -> SimpleNamespace:
    """Two ventures of two organizations in review, every score submitted."""
    begun = panelled(experts=5, ventures=2).begin()
    begun.score([90, 80, 85, 88, 84], venture=0)
    begun.score([50, 55, 52, 58, 54], venture=1)
    people = []
    for venture in begun.ventures:
        person, __ = an_applicant()
        Membership.objects.create(user=person, organization=venture.organization, part="owner")
        people.append(person)
    operator = a_user(Role.OPERATOR)
    begun.round.platform.operators.add(operator)
    for venture in begun.ventures:
        venture.platform.operators.add(operator)
    return SimpleNamespace(
        begun=begun,
        # Who reads, and where the pages begin that open for them.
        readers={
            "visitor": (None, ("",)),
            "chosen": (people[0], ("apply", "me")),
            "not chosen": (people[1], (f"apply/ventures/{begun.ventures[1].pk}",)),
            "operator": (operator, ("desk",)),
            "expert": (begun.experts[0], ("review",)),
        },
    )


def addresses(world: SimpleNamespace) -> Iterator[str]:
    """Every page that takes one of the ventures, or nothing."""
    for route, pattern in patterns():
        if ENDS.search(route):
            continue
        wanted = set(re.findall(r"<\w+:(\w+)>", route))
        if not wanted:
            yield reverse(pattern.name)
        elif route.startswith("desk/rounds/") and wanted == {"pk"}:
            yield reverse(pattern.name, kwargs={"pk": world.begun.round.pk})
        elif "ventures/<int:pk>" in route or "form/" in route:
            # Of the second venture what its own people are answered.
            for venture in world.begun.ventures if route.startswith("apply/") else world.begun.ventures[:1]:
                known = {"pk": venture.pk, "step": "budget", "ordinal": 1, "table": "budget", "rule": 1}
                if wanted <= known.keys():
                    yield reverse(pattern.name, kwargs={name: known[name] for name in wanted})


def begin_of(url: str) -> str:
    """ "desk" of "/desk/rounds/"; "" of what is for everybody."""
    begin = url.split("/")[1]
    return begin if begin in {"apply", "me", "desk", "review"} else ""


def asked(urls: list[str], begins: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(method, URL) for one reader. Every day only verbs on a venture of applicants are sent; all in `make test-long`."""
    for url in urls:
        if begin_of(url) in begins or url.startswith(tuple(f"/{begin}/" for begin in begins if "/" in begin)):
            yield "get", url
            if WHOLE or url.startswith("/apply/ventures/"):
                yield "post", url
    if "desk" in begins:
        for query in ("state=proposed", "state=not_selected", "state=in_review", "sort=-awarded", "sort=awarded"):
            yield "get", f"{reverse('desk_ventures')}?{query}"


class Undo(Exception):
    pass


def answers(world: SimpleNamespace, urls: list[str]) -> dict[tuple[str, str, str], tuple[int, str]]:
    """Who, how and where → status and what is said, without what differs anyway."""
    found = {}
    for who, (user, begins) in world.readers.items():
        for method, url in asked(urls, begins):
            client = Client()
            if user:
                client.force_login(user)
            try:
                with transaction.atomic():
                    answer = getattr(client, method)(
                        url,
                        {"text": "请问结果何时公布?", "note": "撤回", "seen": "in_review"} if method == "post" else {},
                    )
                    raise Undo
            except Undo:
                pass
            where = answer.get("Location", "")
            body = "" if answer.streaming or b"PK" in answer.content[:2] else answer.content.decode(errors="replace")
            for pattern, word in MASKS:
                body = pattern.sub(word, body)
            found[who, method, url] = (answer.status_code, f"{where}\n{body}")
    return found


def test_who_may_not_know_the_selection_is_answered_as_without_it(world: SimpleNamespace) -> None:
    urls = sorted(set(addresses(world)))
    before = answers(world, urls)
    assert len(before) > 100 and sum(status == 200 for status, __ in before.values()) > 30
    reviews.select(world.begun.round, by=world.begun.manager)
    after = answers(world, urls)
    told = [
        f"{' '.join(key)}: {before[key][0]} → {after[key][0]}; {first_difference(before[key][1], after[key][1])}"
        for key in before
        if before[key] != after[key]
    ]
    assert not told, "\n".join(told)


def first_difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 60) : at + 60]!r} | {other[max(0, at - 60) : at + 60]!r}"
