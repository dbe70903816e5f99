"""Who may open what: docs/access.md, asked for real of everybody at every address; and what holds beside its tables.

`make test` asks at a drawn share of the addresses, `make test-long` at all. What changes is written anew by `make docs`
and looked at as a difference of the page. That an address is on the page with the permission of its view, and that who
lacks it is refused there, is compared every day for all of them without asking anybody.
"""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.corpus.draw import is_drawn
from tests.house.access import page
from tests.house.access.asking import Access, Asker
from tests.house.access.doors import NOT_THERE, Door, doors
from tests.house.access.world import World

pytestmark = pytest.mark.django_db

SHARE = 16  # one address in so many is asked at, every day
METHODS = ("GET", "POST")

Expected = dict[page.Key, tuple[str, page.Row]]


@pytest.fixture(scope="module")
def asker(module_db: None) -> Asker:
    return Asker(World())


@pytest.fixture(scope="module")
def expected() -> Expected:
    return dict(page.read(page.PATH.read_text(encoding="utf-8")))


def drawn() -> list[Door]:
    return [door for door in doors() if is_drawn(f"{door.route} {door.of}", SHARE)]


def test_every_address_is_on_the_page_with_the_permission_of_its_view(expected: Expected) -> None:
    declared = {(method, door.route, door.of): door.policy for door in doors() for method in door.methods}
    assert declared == {key: policy for key, (policy, __) in expected.items()}, (
        "run make docs, and look at what changed"
    )


def test_who_lacks_the_permission_of_an_address_is_refused_on_the_page(asker: Asker, expected: Expected) -> None:
    """For all of them, from the rules alone."""
    wrong = []
    for (method, route, of), (policy, row) in expected.items():
        for (name, user), answer in zip(asker.world.readers.items(), row, strict=True):
            if policy != "public" and answer not in may_be(user, policy):
                wrong.append(f"{method} {route} ({of}) as {name}: {answer}")
    assert not wrong, "\n".join(wrong)


def may_be(user: object, policy: str) -> set[Access]:
    if not user.is_authenticated:  # type: ignore[attr-defined]
        return {Access.LOG_IN}
    if not user.has_perm(policy):  # type: ignore[attr-defined]
        return {Access.NOT_YOUR_PART}
    return {Access.OPEN, Access.NOT_YOUR_PART, Access.NOT_FOUND}


def test_everybody_is_answered_at_a_drawn_address_as_the_page_says(asker: Asker, expected: Expected) -> None:
    found = drawn()
    assert len(found) > 3
    assert not (wrong := list(differences(asker, expected, found))), "\n".join(wrong)


@pytest.mark.slow
def test_everybody_is_answered_at_every_address_as_the_page_says(asker: Asker, expected: Expected) -> None:
    assert not (wrong := list(differences(asker, expected, list(doors())))), "\n".join(wrong)


def differences(asker: Asker, expected: Expected, asked: list[Door]) -> Iterator[str]:
    """Of what the page says, and of what holds beside it: other methods, and things that are not there."""
    for door in asked:
        for n, (name, user) in enumerate(asker.world.readers.items()):
            for method in METHODS:
                said = expected[method, door.route, door.of][1][n] if method in door.methods else beside(user, door)
                if (answer := asker.ask(door, name, method)) != said:
                    yield f"{method} {door.route} ({door.of}) as {name}: {answer}, and the page says {said}"
            if door.names_something and not door.of and user.has_perm(door.policy):
                if (answer := asker.ask(door, name, door.methods[0], NOT_THERE)) != Access.NOT_FOUND:
                    yield f"{door.methods[0]} {door.route} as {name}, of what is not there: {answer}"


def beside(user: object, door: Door) -> Access:
    """By a method that the address does not have."""
    if door.policy == "public":
        return Access.NOT_THIS_WAY
    refused = may_be(user, door.policy) - {Access.OPEN, Access.NOT_FOUND}
    return Access.NOT_THIS_WAY if user.is_authenticated and user.has_perm(door.policy) else refused.pop()  # type: ignore[attr-defined]


def test_the_supervisor_changes_nothing(expected: Expected) -> None:
    """But the own account, password, messages."""
    column = list(page.READERS).index("supervisor")
    changes = {
        route
        for (method, route, __), (policy, row) in expected.items()
        if method == "POST" and policy not in {"public", "accounts.signed_in"} and row[column] == Access.OPEN
    }
    assert not changes


def test_what_is_of_others_is_not_there(expected: Expected) -> None:
    """For applicants of another organization, operators of another platform, experts without the venture."""
    wrong = []
    for column, begins in {
        "other applicant": "/apply/",
        "other operator": "/desk/ventures/",
        "other expert": "/review/",
    }.items():
        n = list(page.READERS).index(column)
        wrong += [
            f"{key} as {column}: {row[n]}"
            for key, (__, row) in expected.items()
            if key[1].startswith(begins) and "<int:pk>" in key[1] and row[n] == Access.OPEN
            and key[1] != "/apply/rounds/<int:pk>/start/"  # a call is for everybody
        ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_nobody_sends_anything_to_a_page_that_is_only_read(asker: Asker) -> None:
    client = Client()
    for address in ("/", "/rounds/", "/help/"):
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 405
