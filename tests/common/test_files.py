"""Files: stored whole or not at all, never changed, given out so that nothing in them can act."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.utils import translation

from common.errors import Conflict, Invalid
from common.files import (
    DOCUMENTS,
    PICTURES,
    SCANS,
    clean_name,
    in_megabytes,
    path_of,
    remove,
    serve,
    store,
    sweep_orphans,
)
from common.files.storing import root
from common.models import StoredFile
from tests.corpus.parts import pdf, png
from tests.factories import a_user

DAY = 24 * 3600


def a_file(name: str = "登记证书.pdf", content: bytes | None = None, **given: Any) -> StoredFile:
    return store(
        ContentFile(pdf() if content is None else content, name), by=a_user(), **{"allowed": DOCUMENTS, **given}
    )


def on_disk() -> list[Path]:
    return [path for path in root().rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_stored_file_knows_its_name_kind_size_hash_and_who_handed_it_in() -> None:
    user = a_user(name="项目负责人")
    stored = store(ContentFile(pdf(), "证书.PDF"), by=user, allowed=SCANS)
    assert (stored.name, stored.kind, stored.media_type, stored.size) == (
        "证书.PDF",
        "pdf",
        "application/pdf",
        len(pdf()),
    )
    assert (stored.by_id, stored.by_name) == (user.pk, str(user))
    assert "证书" not in stored.path
    assert on_disk() == [path_of(stored)]


@pytest.mark.django_db
def test_what_is_refused_leaves_neither_row_nor_file() -> None:
    with pytest.raises(Invalid):
        a_file(content=b"MZ")
    assert not StoredFile.objects.exists()
    assert not on_disk()


@pytest.mark.django_db
def test_a_file_of_more_bytes_than_allowed_is_refused_with_both_numbers() -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        a_file(content=pdf() + b" " * 300_000, max_bytes=200 * 1024)
    assert "0.3 MB; at most 0.2 MB" in str(refused.value)


@pytest.mark.django_db
def test_a_file_that_says_it_is_small_and_goes_on_is_refused() -> None:
    liar = ContentFile(pdf(objects=b"%" + b" " * 300_000 + b"\n"), "a.pdf")
    liar.size = 10
    with pytest.raises(Invalid):
        store(liar, by=a_user(), allowed=SCANS, max_bytes=1000)
    assert not on_disk()


@pytest.mark.django_db
def test_a_kind_that_this_upload_does_not_take_is_refused_with_those_it_takes() -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        a_file("a.pdf", allowed=PICTURES)
    assert ".pdf are not taken. Taken are .jpg, .png" in str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_the_content_of_a_stored_file_can_not_be_exchanged() -> None:
    stored = a_file()
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_row_was_rolled_back_is_swept_away_later_and_no_other() -> None:
    kept = a_file()
    with transaction.atomic():
        lost = path_of(a_file())
        transaction.set_rollback(True)
    assert lost.exists()
    assert sweep_orphans() == 0  # somebody may be about to commit it
    for path in (lost, path_of(kept)):
        os.utime(path, (time.time() - 2 * DAY,) * 2)
    call_command("sweep_files", verbosity=0)
    assert not lost.exists()
    assert path_of(kept).exists()


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_goes_from_the_disk_only_when_its_row_is_gone_for_good() -> None:
    stored = a_file()
    path = path_of(stored)
    with transaction.atomic():
        remove(StoredFile.objects.get())
        transaction.set_rollback(True)
    assert path.exists()
    remove(stored)
    assert not path.exists()


@pytest.mark.django_db
def test_a_file_that_was_cut_on_the_disk_is_not_given_out() -> None:
    stored = a_file()
    path_of(stored).write_bytes(b"%PDF")
    with pytest.raises(Conflict):
        serve(RequestFactory().get("/"), stored)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "inline"), [("a.pdf", pdf(), True), ("a.png", png(), True), ("a.pdf", pdf(), False)]
)
def test_a_file_is_given_out_as_what_it_is_and_can_do_nothing(name: str, content: bytes, inline: bool) -> None:
    answer = serve(RequestFactory().get("/"), a_file(name, content), inline=inline)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == content  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_chinese_name_goes_out_as_it_came_in() -> None:
    answer = serve(RequestFactory().get("/"), a_file('平湖市"登记"证书😀.pdf'))
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%B9%B3%E6%B9%96%E5%B8%82_%E7%99%BB%E8%AE%B0_%E8%AF%81%E4%B9%A6%F0%9F%98%80.pdf"
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\张三\\证书.pdf", "证书.pdf"),
        ("证书\u202efdp.exe", "证书fdp.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a_Set-Cookie_ b.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        (".pdf", "File.pdf"),
        ("...", "File"),
        ("", "File"),
        ("a.pdf. ", "a.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png"),
    ],
)
def test_a_name_keeps_its_ending_and_loses_what_is_dangerous(given: str, kept: str) -> None:
    with translation.override("en"):
        assert clean_name(given) == kept


def test_a_size_above_a_limit_also_reads_larger() -> None:
    limit = 20 * 1024 * 1024
    assert (in_megabytes(limit), in_megabytes(limit + 1), in_megabytes(3000)) == ("20 MB", "20.1 MB", "3 KB")


@pytest.mark.django_db
def test_a_body_larger_than_the_site_takes_is_answered_by_a_page_before_it_is_read(client: Any, settings: Any) -> None:
    settings.FORM_BODY_LIMIT = 1000
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        answer = client.post("/login/", {"username": "a", "file": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    assert answer.status_code == 413
    assert "at most 1 KB at once" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.django_db
def test_more_fields_than_django_reads_are_answered_by_a_page(client: Any) -> None:
    answer = client.post("/login/", "a=1&" * 6_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
