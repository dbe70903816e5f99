"""What is put together at run time reads well: every page in both languages, the workbook, the papers, the mails.

The lint of translations (`manage.py messages --check`) looks at sentences; joined lists, labels and brackets are seen here.
"""

import io
import re
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountLink, Notification, User
from common.chinese import HAN
from common.files.kinds import MEDIA_TYPES
from common.models import OutboxMessage
from common.translations import sources
from common.work.outbox import drain, put
from organizations.models import Invitation
from rounds.actions import amend
from rounds.states import RoundState
from tests.corpus.draw import is_drawn
from tests.factories import a_full_form, a_round, a_user, answer_all_checks
from tests.house.access.doors import Door, doors
from tests.house.access.world import World
from tests.house.reading import cells, lines, odd_in_chinese, odd_in_english, read
from tests.house.test_page_help import NO_PAGE
from ventures.actions import accept, remark
from ventures.application.content.fields import TABLES
from ventures.models import Venture
from ventures.states import State

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


# --- What is taken away as a file -------------------------------------------------------------------------------------

# Who is given everything that the house makes while somebody waits.
GIVEN = ("owner", "clerk")


def papers(world: World, language: str, kinds: Collection[str]) -> dict[str, list[str]]:
    """Address → what stands in the file, for each of these kinds that is made on demand. What is no page is told in
    NO_PAGE, which keeps itself whole."""
    found: dict[str, list[str]] = {}
    whole = a_round(platform=world.platform)
    a_full_form(whole)  # all tables and kinds of questions
    Venture.objects.filter(pk=world.ventures[State.DRAFT].pk).update(round=whole)
    asked = [door for door in doors() if door.name in NO_PAGE and "GET" in door.methods]
    for name in GIVEN:
        client = Client()
        client.force_login(world.readers[name])
        client.cookies["django_language"] = language
        for door in asked:
            for table in TABLES if ":table>" in door.route else ("",):
                where = f"{door.route} {table}".strip()
                if where in found:
                    continue
                answer = client.get(door.url(world, name, **({"table": table} if table else {})))
                kind = answer.headers.get("Content-Type", "")
                if answer.status_code == 200 and not answer.streaming and kind in kinds:
                    found[where] = list(TAKEN_APART[kind](answer.content))
    return found


TAKEN_APART: dict[str, Callable[[bytes], Iterable[str]]] = {
    MEDIA_TYPES["pdf"]: lines,
    MEDIA_TYPES["xlsx"]: lambda content: cells(openpyxl.load_workbook(io.BytesIO(content))),
}


def test_every_paper_and_table_that_is_made_on_demand_reads_well(world: World) -> None:
    found = papers(world, "zh-hans", TAKEN_APART)
    wrong = [f"{where}: {what}" for where, texts in found.items() for what in odd_in_chinese(texts)]
    assert not wrong, "\n".join(wrong)
    assert {where.rpartition(" ")[2] for where in found} >= set(TABLES), sorted(found)
    assert {door.route for door in doors() if door.name.endswith(("_pdf", "_template"))} <= set(found), sorted(found)


def test_in_english_a_table_to_fill_in_has_no_chinese_marks_in_its_english(world: World) -> None:
    """Forms of the bureau are Chinese whoever asks for them."""
    found = papers(world, "en", [MEDIA_TYPES["xlsx"]])
    english = {where: [text for text in texts if not HAN.search(text)] for where, texts in found.items()}
    wrong = [f"{where}: {what}" for where, texts in english.items() for what in odd_in_english(texts)]
    assert not wrong, "\n".join(wrong)


def templates_of_papers() -> list[Path]:
    rooms = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    return sorted(path for room in rooms for path in room.rglob("*.typ"))


@pytest.mark.parametrize("template", templates_of_papers(), ids=lambda path: path.name)
def test_what_a_template_of_a_paper_prints_itself_reads_well(template: Path) -> None:
    code = re.compile(r"//.*|#[\w.()-]+")
    said = [code.sub("", line) for line in template.read_text().splitlines()]
    assert not odd_in_chinese(said)
    assert any(HAN.search(line) for line in said)


# --- What is sent -----------------------------------------------------------------------------------------------------


def kinds_of_messages() -> set[str]:
    """All that the outbox knows, as the receivers are declared in the code."""
    declared = re.compile(r'^@handles\("(\w+)"', re.MULTILINE)
    return {kind for path in sources(".py") for kind in declared.findall(path.read_text())}


def test_every_kind_of_message_reads_well(world: World) -> None:
    reader, desk = world.readers, world.ventures[State.SUBMITTED]
    for name in ("owner", "clerk", "manager", "expert"):
        User.objects.filter(pk=reader[name].pk).update(email=f"{name}@example.org")
    Client().post(reverse("forgotten"), {"wanted": "owner@example.org"})
    link = AccountLink.objects.create(user=a_user(email="new@example.org"), reason=AccountLink.Reason.INVITATION)
    put("account_link", "link", {"link": link.pk, "site": "https://example.org"})
    invitation = Invitation.objects.get(pk=world.things["invitation"])
    Invitation.objects.filter(pk=invitation.pk).update(email="guest@example.org")
    put("organization_invitation", "invitation", {"pk": invitation.pk, "site": "https://example.org"})
    changes = {"contact": "社会组织管理科 0573-85000002"}
    amend(world.rounds[RoundState.OPEN], by=reader["manager"], text="更换联系电话。", changes=changes)
    put("to_score", "to_score", {"reviews": [world.review.pk], "expert": reader["expert"].pk, "round": "首届红色创投"})
    answer_all_checks(desk)
    for by, path in (("clerk", "plan"), ("owner", "")):
        remark(desk, by=reader[by], text="请看附件三。", path=path)
    accept(desk, by=reader["clerk"])
    for __ in range(3):  # a message may send another
        OutboxMessage.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
        drain()
    assert set(OutboxMessage.objects.exclude(sent_at=None).values_list("kind", flat=True)) == kinds_of_messages()
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    told = [str(part) for m in mail.outbox for part in (m.subject, m.body)]
    told += Notification.objects.values_list("text", flat=True)
    assert len(told) > 12
    assert not odd_in_chinese([line for text in told for line in text.split("\n")])
