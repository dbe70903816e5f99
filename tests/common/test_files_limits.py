"""Looking through a file costs no more time and memory than allowed, whatever the file; nothing of a refused one stays."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import psutil
import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation

from common.errors import Conflict, Invalid
from common.files import DOCUMENTS, asking, receive
from common.files.storing import root
from common.limits.of_the_site import LOOK_QUEUE, LOOK_TIME
from tests.corpus.parts import pdf
from tests.corpus.sample import HEAVY
from tests.corpus.slow import a_slow_pdf
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """A process with the limits of this test."""
    asking._inspector().stop()
    with translation.override("en"):
        yield
    asking._inspector().stop()


def said_to(content: bytes, name: str = "a.pdf") -> str:
    try:
        receive(ContentFile(content, name), allowed=DOCUMENTS)
    except Invalid as e:
        return str(e)
    return ""


def seconds() -> float:
    """Of the processor, by this process and by those of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def test_a_pdf_made_to_be_slow_is_given_up_within_its_time_and_the_next_one_is_taken() -> None:
    content = a_slow_pdf()
    before = seconds()
    assert HEAVY in said_to(content)
    assert seconds() - before < 2.5  # 1.8; with the start of the process, on a machine with much else to do
    assert not said_to(pdf())


def test_a_file_that_wants_more_memory_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MEGABYTES", 250)
    monkeypatch.setattr(asking, "CPU_SECONDS", 60)
    assert HEAVY in said_to(a_slow_pdf())
    assert not said_to(pdf())


def test_the_clock_ends_what_the_limit_of_the_processor_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LOOK_TIME", replace(LOOK_TIME, most=0.5))
    monkeypatch.setattr(asking, "CPU_SECONDS", 60)
    assert HEAVY in said_to(a_slow_pdf())


def test_who_waits_too_long_for_a_turn_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LOOK_QUEUE", replace(LOOK_QUEUE, most=0.01))
    with asking._inspector().turn:
        assert "hand it in again in a minute" in said_to(pdf())
    assert not said_to(pdf())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
def test_a_process_that_was_killed_between_two_files_is_replaced() -> None:
    assert not said_to(pdf())
    child = asking._inspector().child
    assert child
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert not said_to(pdf())


def test_the_process_that_reads_files_of_others_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert not said_to(pdf())
    child = asking._inspector().child
    assert child
    assert "SECRET_KEY" not in psutil.Process(child.pid).environ()


def test_nothing_is_taken_unseen_when_the_process_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(asking._inspector(), "program", tmp_path / "none.py")
    assert said_to(pdf())
    assert "ended with" in caplog.text


@pytest.mark.parametrize("content", [b"MZ", pdf("/OpenAction<</S/JavaScript/JS(a)>>"), pdf(end=b"")])
def test_a_refused_file_leaves_neither_bytes_nor_folders_of_its_own(content: bytes) -> None:
    assert said_to(content)
    assert [path.name for path in root().rglob("*")] in ([], ["arriving"])


def test_a_file_whose_use_is_refused_is_gone_at_once() -> None:
    with pytest.raises(Conflict), receive(ContentFile(pdf(), "a.pdf"), allowed=DOCUMENTS), transaction.atomic():
        raise Conflict("too late")
    assert not [path for path in root().rglob("*") if path.is_file()]


def test_a_file_whose_row_was_written_stays_whatever_fails_afterwards() -> None:
    received = receive(ContentFile(pdf(), "a.pdf"), allowed=DOCUMENTS)
    with suppress(Conflict), received:
        received.keep(by=a_user())
        raise Conflict("afterwards")
    assert [path for path in root().rglob("*") if path.is_file()]
