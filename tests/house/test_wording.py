"""What is put together at run time reads well: every page in both languages, the workbook, the papers, the mails.

The lint of translations (`manage.py messages --check`) looks at sentences; joined lists, labels and brackets are seen here.
"""

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from tests.corpus.draw import is_drawn
from tests.house.access.doors import Door, doors
from tests.house.access.world import World
from tests.house.reading import odd_in_chinese, odd_in_english, read

pytestmark = pytest.mark.django_db

SHARE = 16  # one page in so many is read every day, all in `make test-long`
READERS = ("anonymous", "owner", "expert", "clerk", "finance officer", "manager", "operator", "admin")


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    return World()


def pages(one_in: int) -> list[Door]:
    return [door for door in doors() if "GET" in door.methods and is_drawn(f"read {door.route} {door.of}", one_in)]


def odd_on(world: World, asked: Iterable[Door], language: str, odd: Callable[..., set[str]]) -> tuple[list[str], int]:
    """What is odd on the pages, as each reader is shown them; how many pages were read."""
    wrong, n = [], 0
    for name in READERS:
        client = Client()
        if world.readers[name].is_authenticated:
            client.force_login(world.readers[name])
        client.cookies["django_language"] = language
        for door in asked:
            answer = client.get(door.url(world, name))
            if (
                not answer.streaming
                and answer.content
                and answer.headers.get("Content-Type", "").startswith("text/html")
            ):
                n += answer.status_code == 200
                wrong += [f"{door.route} as {name}: {what}" for what in odd(read(answer.content.decode()))]
    return wrong, n


@pytest.mark.parametrize(("language", "odd"), [("zh-hans", odd_in_chinese), ("en", odd_in_english)])
def test_a_drawn_page_reads_well(world: World, language: str, odd: Callable[..., set[str]]) -> None:
    wrong, __ = odd_on(world, pages(SHARE), language, odd)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "odd"), [("zh-hans", odd_in_chinese), ("en", odd_in_english)])
def test_every_page_reads_well(world: World, language: str, odd: Callable[..., set[str]]) -> None:
    wrong, n = odd_on(world, pages(1), language, odd)
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert n > 200
