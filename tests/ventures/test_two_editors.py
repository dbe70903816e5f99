"""Two people write the same section at the same time: whatever they do, nobody replaces a text that he was not shown."""

import random
from typing import Any

import lxml.html
import pytest
from django.test import Client

from organizations.models import Membership
from tests.factories import a_full_form, a_round, a_user, a_venture, an_applicant
from tests.web.filling import autosave, open_page
from ventures.models import TeamMember, Venture

pytestmark = pytest.mark.django_db

TIMES, MANY_TIMES = 60, 1000
PATHS = ("summary", "needs")


class Editor:
    """A person with one page open: what stands in its fields, what they were made from, and every text that was seen."""

    def __init__(self, user: Any, venture: Venture) -> None:
        self.user, self.venture, self.client = user, venture, Client()
        self.client.force_login(user)
        self.typed: dict[str, str] = {}  # not stored yet; the browser keeps it over a reload
        self.clashes: dict[str, dict[str, str]] = {}
        self.shown: set[tuple[str, str]] = set()
        self.sequence = 0
        self.page: dict[str, Any] = {}
        self.reload()

    def reload(self) -> None:
        """Opens the page anew. What was typed and not stored comes back with the digest it was typed over."""
        before = self.page
        self.page = open_page(self.client, self.venture, "narrative")
        self.name = f"{self.user.pk}-{self.sequence}"
        self.clashes = {}
        for path in PATHS:
            self.shown.add((path, self.page[path]))
            if path in self.typed:
                self.page[f"base_digest-{path}"] = before[f"base_digest-{path}"]

    def type(self, path: str, text: str) -> None:
        self.typed[path] = text
        self.shown.add((path, text))

    def save(self) -> list[str]:
        """What the page's script does after a pause. Returns the fields that were written."""
        changes = {path: text for path, text in self.typed.items() if path not in self.clashes}
        if not changes:
            return []
        self.sequence += 1
        answer = autosave(
            self.client,
            self.user,
            self.venture,
            "narrative",
            self.page,
            changes,
            page=self.name,
            sequence=self.sequence,
        ).json()
        for path in changes:
            assert (path in answer["base_digests"]) != (path in answer["clashes"]), "stored or shown, and not both"
            if path in answer["base_digests"]:
                self.page[f"base_digest-{path}"] = answer["base_digests"][path]
                self.page[path] = self.typed.pop(path)
            else:
                self._look(path, answer["clashes"][path])
        for path, fresh in answer["fresh"].items():
            if path in PATHS and path not in self.typed:
                self._take(path, fresh["html"])
        return list(answer["written"])

    def _look(self, path: str, clash: dict[str, str]) -> None:
        """Both texts stand at the field."""
        html = lxml.html.fromstring(clash["html"])
        mine, theirs = (html.xpath(f"//*[@data-{side}]")[0].text_content() for side in ("mine", "theirs"))
        assert mine == self.typed[path]
        self.shown.add((path, theirs))
        self.clashes[path] = clash

    def _take(self, path: str, html: str) -> None:
        """A field as the server renders it replaces the one of the page."""
        fresh = lxml.html.fromstring(html)
        self.page[path] = fresh.xpath(f"//textarea[@name='{path}']")[0].text_content().strip()
        self.page[f"base_digest-{path}"] = fresh.xpath(f"//input[@name='base_digest-{path}']/@value")[0]
        self.shown.add((path, self.page[path]))

    def choose(self, path: str, which: str) -> list[str]:
        clash = self.clashes.pop(path)
        if which == "theirs":
            del self.typed[path]
            self._take(path, clash["fresh"])
            return []
        self.page[f"base_digest-{path}"] = clash["theirs"]
        return self.save()


def stored(venture: Venture) -> dict[str, str]:
    venture.application.refresh_from_db()
    return {path: getattr(venture.application, path) for path in PATHS}


@pytest.mark.parametrize("times", [TIMES, pytest.param(MANY_TIMES, marks=pytest.mark.slow)])
def test_no_text_is_replaced_by_somebody_who_was_not_shown_it(times: int) -> None:
    dice = random.Random(times)
    one, organization = an_applicant(name="李四")
    two = a_user(name="张三")
    Membership.objects.create(user=two, organization=organization, part="editor")
    venture = a_venture(organization=organization)
    editors = [Editor(one, venture), Editor(two, venture)]
    met = {"clash": 0, "mine": 0, "theirs": 0, "replaced": 0}
    for n in range(times):
        editor = dice.choice(editors)
        before = stored(venture)
        path = dice.choice(PATHS)
        verb = dice.choices(["type", "save", "choose", "reload"], [4, 4, 3, 1])[0]
        if verb == "type":
            editor.type(path, f"{editor.user.name}第{n}稿")
        elif verb == "save":
            editor.save()
        elif verb == "reload":
            editor.reload()
        elif path in editor.clashes:
            which = dice.choice(["mine", "theirs"])
            met[which] += 1
            editor.choose(path, which)
        met["clash"] = max(met["clash"], sum(len(e.clashes) for e in editors))
        for name, text in stored(venture).items():
            if text != before[name]:
                met["replaced"] += 1
                assert (name, before[name]) in editor.shown, f"{n}: “{before[name]}” was replaced without being shown"
    # The game was really played: texts were replaced, met, and both ways chosen.
    assert min(met.values()) > 0 and met["replaced"] > times // 10, met


def test_a_table_that_two_have_changed_is_shown_as_two_tables() -> None:
    one, organization = an_applicant()
    two = a_user(name="张三")
    Membership.objects.create(user=two, organization=organization, part="editor")
    round_ = a_round()
    a_full_form(round_)
    venture = a_venture(organization=organization, round=round_)
    clients = {}
    for user in (one, two):
        clients[user] = Client()
        clients[user].force_login(user)
    page = open_page(clients[one], venture, "team")
    first = {"team": [{"name": "甲", "part": "统筹"}]}
    assert autosave(clients[two], two, venture, "team", page, {}, tables=first).json()["written"] == ["team"]
    second = {"team": [{"name": "乙", "part": "财务"}]}
    told = autosave(clients[one], one, venture, "team", page, {}, tables=second).json()
    assert told["written"] == [] and "甲" in told["clashes"]["team"]["html"] and "乙" in told["clashes"]["team"]["html"]
    assert "张三" in told["clashes"]["team"]["html"] and 'value="甲"' in told["clashes"]["team"]["fresh"]
    assert [m.name for m in TeamMember.objects.all()] == ["甲"]
    chosen = page | {"base_digest-team": told["clashes"]["team"]["theirs"]}
    assert autosave(clients[one], one, venture, "team", chosen, {}, tables=second).json()["written"] == ["team"]
    assert [m.name for m in TeamMember.objects.all()] == ["乙"]
