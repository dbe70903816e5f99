"""Every file of the corpus, handed in and read as a table: refused with its sentence or taken, and in bounds. One in four
is drawn for every day. How long each takes is measured by `make bench ONLY=files`."""

import hashlib
import io
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from common.errors import Invalid
from common.files import Allowed, is_unchanged, path_of, receive, store
from common.models import StoredFile
from common.spreadsheets import read_rows
from tests.corpus.draw import is_drawn
from tests.corpus.make import SAMPLES, Sample
from tests.factories import a_user
from tests.house.code import ROOT

MOST_MEMORY = 150 * 1024 * 1024  # bytes by which the process grows
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
ALL_KINDS = Allowed(("pdf", "docx", "xlsx", "csv", "jpg", "png"))


def drawn(samples: Iterable[Sample]) -> list[Any]:
    """All of them, of which one in four is not slow."""
    return [pytest.param(s, marks=() if is_drawn(s.name, 4) else pytest.mark.slow) for s in samples]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def test_the_corpus_is_large_enough_and_no_two_files_have_one_name() -> None:
    assert len({s.name for s in SAMPLES}) == len(SAMPLES) >= 60


def test_the_corpus_has_enough_that_acts_and_enough_that_is_ordinary() -> None:
    acts = [s for s in SAMPLES if s.name.startswith("acts") and s.stored]
    assert sum(s.name.endswith(".pdf") for s in acts) >= 60
    assert sum(s.name.endswith((".xlsx", ".docx")) for s in acts) >= 40
    assert sum(s.name.endswith((".pdf", ".xlsx", ".docx")) for s in SAMPLES if not s.stored) >= 100


@pytest.mark.django_db
@pytest.mark.parametrize("sample", drawn(SAMPLES), ids=str)
def test_a_file_is_refused_with_its_sentence_or_stored_as_it_was(sample: Sample) -> None:
    content, by = sample.make(), a_user()
    said = ""
    try:
        stored = store(ContentFile(content, sample.name), by=by, allowed=ALL_KINDS)
    except Invalid as e:
        said = e.fields["file"][0]
    if sample.stored:
        assert sample.stored in said
        assert not StoredFile.objects.exists()
    else:
        assert not said
        assert path_of(stored).read_bytes() == content
        assert stored.sha256 == hashlib.sha256(content).hexdigest()
        assert is_unchanged(stored)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 10))])
def test_a_file_with_wrong_bytes_is_taken_or_refused_and_never_an_error(seed: int) -> None:
    chance = random.Random(seed)
    samples = [s for s in SAMPLES if s.name.startswith(("ordinary", "acts")) and s.name != "ordinary-300-pages.pdf"]
    refused = 0
    for sample in chance.choices(samples, k=150):
        content = bytearray(sample.make())
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            receive(ContentFile(bytes(content), sample.name), allowed=ALL_KINDS)
        except Invalid:
            refused += 1
    assert 50 < refused < 150


@pytest.mark.parametrize("sample", drawn(s for s in SAMPLES if s.rows is not None), ids=str)
def test_a_table_is_refused_with_its_sentence_or_read_as_it_is(sample: Sample) -> None:
    content = io.BytesIO(sample.make())
    said, rows = "", []
    try:
        rows = [_bare(values) for __, values in read_rows(content, name=sample.name, max_rows=2000)]
    except Invalid as e:
        said = e.fields["file"][0]
    if isinstance(sample.rows, str):
        assert sample.rows in said
    else:
        assert not said
        assert rows == sample.rows


def test_no_bomb_takes_much_memory() -> None:
    code = """
import io, resource, sys, django
django.setup()
from common.errors import Invalid
from common.spreadsheets import read_rows
from tests.corpus.draw import is_drawn
from tests.corpus.make import SAMPLES
for sample in SAMPLES:
    if sample.name.startswith("bomb") and sample.rows is not None:
        content = io.BytesIO(sample.make())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            list(read_rows(content, name=sample.name, max_rows=2000))
        except Invalid:
            pass
        print(sample.name, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    grown = {name: int(kilobytes) * 1024 for name, kilobytes in map(str.split, told.stdout.splitlines())}
    assert len(grown) > 10
    assert not {name: size for name, size in grown.items() if size > MOST_MEMORY}


def _bare(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values = values[:-1]
    return values
