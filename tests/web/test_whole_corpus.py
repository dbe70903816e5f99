"""Every nasty text into every field of the site, every file to every upload: hours of work, shared among workers.

Of the texts one engine takes a half and the other the rest, by the seed the other way round: every field meets each text
on one of them, and after two runs on both.
"""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests.corpus.draw import is_drawn
from tests.corpus.strings import STRINGS
from tests.web.sending import sent_all
from tests.web.test_corpus import UPLOADS, Upload, files_sent, names_sent
from tests.web.test_nasty_input import FILTERS, NASTY, broken, broken_by_filters

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.engines,
    pytest.mark.usefixtures("unlimited"),
    pytest.mark.timeout(3600),
]
PARTS = 8
HALF = (connection.vendor == "postgresql") ^ is_drawn("halves of the corpus", 2)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_field_of_the_site_breaks_on_anything_nasty(site: SimpleNamespace, part: int) -> None:
    wrong = broken(site.forms, lambda good: NASTY[part::PARTS][HALF::2])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_field_of_the_site_meets_the_whole_corpus(site: SimpleNamespace, part: int) -> None:
    names = list(STRINGS)[part::PARTS][HALF::2]
    wrong, _met = sent_all(site.forms, lambda place: names)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_in_an_address_breaks_a_list(site: SimpleNamespace, name: str) -> None:
    assert not broken_by_filters(site.world, name)


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_every_file_of_the_corpus_is_refused_with_a_message_or_stored(site: SimpleNamespace, upload: Upload) -> None:
    wrong = files_sent(site.world, upload)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda u: u.url)
def test_every_name_of_a_file_is_refused_with_a_message_or_stored(site: SimpleNamespace, upload: Upload) -> None:
    wrong = names_sent(site.world, upload)
    assert not wrong, "\n".join(wrong)
