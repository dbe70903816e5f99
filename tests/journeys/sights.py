"""Every page of the site as each of its readers sees it: the addresses, people and things of tests/house/access, so that a
page that comes new is among them by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import Role
from rounds.forms.cards import PAGES as CARDS
from rounds.models import FormSection
from rounds.states import RoundState
from tests.factories import a_full_form, a_round, a_user, a_venture, answer_all_checks
from tests.house.access.doors import Door, doors
from tests.house.access.world import World
from ventures import actions
from ventures.models import Venture
from ventures.states import State

STEPS = ("basic", "team", "narrative", "indicators", "schedule", "budget", "more", "files", "preview")
ANSWERED = "handed in again"

# Who mainly reads what begins so, first; then everybody else, who is only looked at where the page is another one.
READERS = {
    "/apply/": ("owner", "finance", "reader"),
    "/review/": ("expert",),
    "/desk/": ("clerk", "manager", "finance officer", "admin", "operator", "supervisor"),
    "/me/": ("owner", "expert", "clerk"),
    "": ("anonymous", "owner"),
}
# Pages of a venture, of which there is a fuller one than the usual.
FULLER = (
    "apply_venture", "apply_receipt", "apply_compare", "desk_venture", "desk_receipt", "desk_compare",
    "desk_screening_venture",
)  # fmt: skip
# A venture in another than the usual state: as one of its readers.
ONCE = frozenset(State) - {State.SUBMITTED}
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
UNFOLD = """() => {
  document.querySelectorAll(".tab-pane").forEach((pane) => pane.classList.add("show", "active"));
  document.querySelectorAll("main details").forEach((part) => { part.open = true; });
}"""
OF_THE_REQUEST = re.compile(r'<input type="hidden"[^>]*>')  # tokens


@dataclass(frozen=True)
class Sight:
    """A page as `reader` sees it. `name` is the same in each run: what it is drawn by."""

    name: str
    reader: str
    url: str
    html: str


def furnished() -> World:
    """The world of the access matrix, in which a form asks everything and a venture was sent back and handed in again."""
    world = World()
    a_full_form(world.rounds[RoundState.OPEN])
    FormSection.objects.create(round=world.rounds[RoundState.OPEN], slug="files", ordinal=8)
    world.ventures[ANSWERED] = _answered(world)
    return world


def _answered(world: World) -> Venture:
    venture = a_venture(round=a_round(platform=world.platform), organization=world.organization)
    venture = actions.submit(venture, by=world.owner)
    asked = {"summary": "请写明人数。", "budget": "请补依据。", "beneficiaries": "与方案不一致。"}
    actions.return_for_correction(venture, by=a_user(Role.CLERK), fields=asked)
    venture.refresh_from_db()
    actions.save_draft(venture, by=world.owner, values={"summary": "服务 200 人。"})
    venture = actions.resubmit(venture, by=world.owner)
    answer_all_checks(venture)
    return venture


def asked() -> Iterator[tuple[str, Door, dict[str, str]]]:
    """Each door that is looked at, with a name and with what its address says besides."""
    for door in doors():
        if "GET" not in door.methods:
            continue
        of = (door.of,)
        if not door.of and door.name in ("apply_venture", "desk_venture"):
            of = tuple(State)
        if not door.of and door.name in FULLER:
            of = (*of, ANSWERED)
        word, values = next(
            ((word, v) for word, v in (("step", STEPS), ("card", tuple(CARDS))) if f":{word}>" in door.route),
            ("", ("",)),
        )
        for venture in of:
            for value in values:
                yield " ".join(filter(None, (door.route, venture, value))), replace(door, of=venture), {word: value}


def sights(world: World, accepts: Callable[[str], bool], *, everybody: bool = False) -> Iterator[Sight]:
    """The pages whose name is accepted as who mainly reads them sees them; with `everybody` as all of them do, but what
    looks the same only once."""
    clients: dict[str, Client] = {}
    for name, door, words in asked():
        seen = set()
        for reader in readers_of(door, world) if accepts(name) else ():
            if reader not in clients:
                clients[reader] = logged_in(world.readers[reader])
            url = door.url(world, reader, **words)
            html = page_of(clients[reader].get(url))
            main = OF_THE_REQUEST.sub("", "".join(MAIN.findall(html)))
            if main and main not in seen:
                seen.add(main)
                yield Sight(name, reader, url, html)
                if not everybody or door.of in ONCE:
                    break


def readers_of(door: Door, world: World) -> list[str]:
    """Who may open it, in the order in which they are asked."""
    first = next(readers for begin, readers in READERS.items() if door.route.startswith(begin))
    may = [name for name, user in world.readers.items() if door.policy == "public" or user.has_perm(door.policy)]
    return [name for name in dict.fromkeys([*first, *world.readers]) if name in may]


def logged_in(user: Any) -> Client:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def page_of(answer: Any) -> str:
    """The whole page that was answered; "" for a file, a part of a page, a way on, a refusal."""
    if answer.streaming or answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return ""
    html = str(answer.content.decode())
    return html if "<html" in html else ""


class Wall:
    """Where sights are hung: a page of the browser whose every request is answered from here, without a server."""

    SITE = "http://site.test"

    def __init__(self, page: Any) -> None:
        self.page = page
        self._html = ""
        page.route("**/*", self._answer)

    def hang(self, sight: Sight) -> Any:
        """With every tab and all that is folded open: what only a click shows is looked at, too."""
        self._html = sight.html
        self.page.goto(self.SITE + sight.url)
        self.page.evaluate(UNFOLD)
        return self.page

    def _answer(self, route: Any) -> None:
        path = route.request.url.removeprefix(self.SITE).partition("?")[0]
        if path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=file)
        elif route.request.resource_type == "document":
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=204, body="")
